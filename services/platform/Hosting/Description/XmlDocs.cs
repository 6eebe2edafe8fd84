using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mpp.Hosting.Description;

/// <summary>
/// The comments of the code as Markdown, from the files that the compiler writes beside the assemblies. The generator
/// of ASP.NET Core reads only those of the project that sets it up, and that is this library. Without the files there
/// are no descriptions.
/// </summary>
internal static partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    public static string? Of(Type type) => Text(Member(type, $"T:{Name(type)}")?.Element("summary"));

    /// <summary>A property's own comment, or what its record says of the parameter.</summary>
    public static string? Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return Text(Member(type, $"P:{Name(type)}.{property.Name}")?.Element("summary"))
            ?? Parameter(Member(type, $"T:{Name(type)}"), property.Name);
    }

    public static string? Of(ParameterInfo parameter)
    {
        var (method, type) = (parameter.Member, parameter.Member.DeclaringType!);
        return Parameter(Members(type.Assembly).FirstOrDefault(member =>
            member.Key.StartsWith($"M:{Name(type)}.{method.Name}(", StringComparison.Ordinal)).Value, parameter.Name);
    }

    private static string? Parameter(XElement? member, string? name) =>
        Text(member?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == name));

    private static XElement? Member(Type type, string name) => Members(type.Assembly).GetValueOrDefault(name);

    private static string Name(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static Dictionary<string, XElement> Members(Assembly assembly) => Files.GetOrAdd(assembly, static a =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{a.GetName().Name}.xml");
        return !File.Exists(file) ? [] : XDocument.Load(file).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);
    });

    private static string? Text(XElement? element) =>
        element is null ? null : Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{(string?)see.Attribute("langword")
            ?? ((string?)see.Attribute("cref"))?.Split('.', ':')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "paramref" } reference => $"`{Camel((string?)reference.Attribute("name") ?? "")}`",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
