using System.Text.RegularExpressions;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>The published document lists the codes of faults, so each comes from the list.</summary>
public sealed partial class ErrorCodeTests
{
    [Fact]
    public void No_fault_has_a_code_of_its_own()
    {
        string[] folders = ["services/Applications", "services/Catalogue/Http", "services/Payments",
            "services/platform/Hosting", "gateway"];
        var own = folders
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Fault().Matches(File.ReadAllText(file)).Select(match => $"{file}: {match.Value}"))
            .ToList();

        own.ShouldBeEmpty();
    }

    [GeneratedRegex("""
        (?:FieldError|ParameterError|Problem\.Invalid|Problem\.Parameter)\(\s*[^;,]*,\s*"[a-z-]+",
        """, RegexOptions.None, 1000)]
    private static partial Regex Fault();
}
