using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Mpp.Hosting.Database;

/// <summary>
/// The tables that a library keeps in its services' databases: SQL scripts that it carries, applied in the order of
/// their numbers. The services' own migrations leave these tables out. Register it as a singleton.
/// </summary>
/// <param name="Library">The library's name, as the table <c>schema_scripts</c> has it.</param>
/// <param name="Scripts">The scripts by number.</param>
public sealed record DatabaseScripts(string Library, IReadOnlyList<DatabaseScript> Scripts)
{
    /// <summary>The scripts embedded in a library, <c>001_what.sql</c> and so on.</summary>
    /// <param name="library">Its name.</param>
    /// <param name="assembly">The library.</param>
    public static DatabaseScripts Of(string library, Assembly assembly) => new(library, [.. assembly
        .GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => new DatabaseScript(Number(name), Text(assembly, name)))]);

    private static int Number(string name) =>
        int.Parse(name.AsSpan(0, name.IndexOf('_')), CultureInfo.InvariantCulture);

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>One step of a library's tables. Once applied anywhere it never changes; a change is a new script.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Sql">Statements that can run in one transaction.</param>
public sealed record DatabaseScript(int Number, string Sql)
{
    /// <summary>The script's content in short, lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}
