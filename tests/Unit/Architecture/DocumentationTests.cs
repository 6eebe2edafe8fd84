using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mpp.Sandbox;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>What the documents promise can be checked in part by a machine.</summary>
public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/try-it.md")]
    public void Every_link_into_the_repository_leads_somewhere(string document)
    {
        var broken = Link().Matches(Read(document)).Select(m => m.Groups["target"].Value)
            .Where(t => !t.Contains("://", StringComparison.Ordinal) && !t.StartsWith('#'))
            .Where(t => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, t.Split('#')[0])));

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void The_agency_of_the_README_is_the_sample_that_is_built_and_is_short()
    {
        var sample = Read("contracts/samples/Manpower/Program.cs").TrimEnd();

        Read("README.md").ShouldContain($"```csharp\n{sample}\n```");
        sample.Split('\n').Length.ShouldBeLessThan(40);
    }

    [Fact]
    public void The_applicant_of_the_README_is_a_person_of_the_sandbox_for_whom_it_succeeds()
    {
        var person = Population.JobSeekers(Population.Generate()).First();
        var applicant = new JsonObject
        {
            ["nik"] = person.Nik.Value,
            ["name"] = person.Name,
            ["birthDate"] = person.BirthDate.ToString("O", CultureInfo.InvariantCulture),
            ["familyCardNumber"] = person.FamilyCardNumber,
        };

        JsonNode.Parse(Applicant().Match(Read("README.md")).Groups["json"].Value)!.ToJsonString().ShouldBe(applicant.ToJsonString());
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    [GeneratedRegex("\"applicant\": (?<json>{[^}]*})", RegexOptions.None, 1000)]
    private static partial Regex Applicant();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
