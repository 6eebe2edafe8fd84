using System.Text.RegularExpressions;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>What the documents promise can be checked in part by a machine.</summary>
public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_link_into_the_repository_leads_somewhere(string document)
    {
        var broken = Link().Matches(Read(document)).Select(m => m.Groups["target"].Value)
            .Where(t => !t.Contains("://", StringComparison.Ordinal) && !t.StartsWith('#'))
            .Where(t => !Path.Exists(Path.Combine(Repository.Root, t.Split('#')[0])));

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void The_agency_of_the_README_is_the_sample_that_is_built_and_is_short()
    {
        var sample = Read("samples/Manpower/Program.cs").TrimEnd();

        Read("README.md").ShouldContain($"```csharp\n{sample}\n```");
        sample.Split('\n').Length.ShouldBeLessThan(40);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
