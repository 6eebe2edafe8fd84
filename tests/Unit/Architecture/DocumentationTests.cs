using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mpp.Applications.Flow;
using Mpp.Contracts.Steps;
using Mpp.Sandbox;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>What the documents promise can be checked in part by a machine.</summary>
public sealed partial class DocumentationTests
{
    private const string Refusal = "docs/walks/refusal.md";
    private const string Glossary = "docs/glossary.md";
    private const string States = "docs/states.md";

    /// <summary>How many files it may take from the README to the sentence that the citizen reads.</summary>
    private const int LongestWalk = 9;

    private static readonly DocumentRules Rules = new(TrackedFiles.Of(), Read);

    public static TheoryData<string> Documents => [.. TrackedFiles.Of("*.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file_and_a_heading_of_the_repository(string document) =>
        Rules.BrokenLinks(Load(document)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_file_that_a_document_names_is_there(string document) =>
        Rules.UnknownFiles(Load(document)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_member_that_a_document_names_is_in_its_file(string document) =>
        Rules.UnknownMembers(Load(document)).ShouldBeEmpty();

    [Fact]
    public void Walks_name_members() =>
        TrackedFiles.Of("docs/walks/*.md").SelectMany(walk => Load(walk).Members).Count().ShouldBeGreaterThan(50);

    [Fact]
    public void A_refusal_is_walked_from_the_README_in_nine_files()
    {
        Load("README.md").Links.ShouldContain(Refusal);
        var walk = Load(Refusal);
        walk.NumberedItems.ShouldBeInRange(3, LongestWalk);
        Rules.FilesOf(walk).Append(Refusal).Count().ShouldBe(walk.NumberedItems);
    }

    [Fact]
    public void What_the_glossary_names_is_in_the_code()
    {
        var source = TrackedFiles.Of("contracts/*.cs", "services/*.cs", "services/*.json", "gateway/*.cs");
        DocumentRules.UnknownNames(Load(Glossary), string.Join('\n', source.Select(Read))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_state_and_every_kind_of_entry_is_explained()
    {
        var explained = Load(States).Spans.ToHashSet(StringComparer.Ordinal);
        Enum.GetValues<ApplicationStatus>().Select(Ways.Name).Except(explained).ShouldBeEmpty();
        Enum.GetValues<StepStatus>().Select(Ways.Name).Except(explained).ShouldBeEmpty();
        FlowJson.AllKinds.Except(explained).ShouldBeEmpty();
    }

    [Fact]
    public void The_ways_between_states_are_those_that_happen()
    {
        var (applications, steps) = Ways.Seen(cases: 2_000);
        Ways.Differences(Ways.Told<ApplicationStatus>(Load(States).Section("The application")), applications)
            .ShouldBeEmpty();
        Ways.Differences(Ways.Told<StepStatus>(Load(States).Section("The step")), steps).ShouldBeEmpty();
    }

    [Fact]
    public void Every_arrow_of_the_drawings_is_a_way_of_the_tables()
    {
        var (application, step) = (Load(States).Section("The application"), Load(States).Section("The step"));
        Ways.Drawn(application).Except(Ways.Told<ApplicationStatus>(application)).ShouldBeEmpty();
        Ways.Drawn(step).Except(Ways.Told<StepStatus>(step)).ShouldBeEmpty();
        Ways.Drawn(application).Concat(Ways.Drawn(step)).Count().ShouldBeGreaterThan(25);
    }

    [Fact]
    public void Every_service_has_a_launch_profile_that_names_its_environment_and_nothing_else()
    {
        foreach (var service in Projects.Listed)
        {
            var folder = Path.GetDirectoryName(service.Project.Path);
            var settings = JsonNode.Parse(Read($"{folder}/Properties/launchSettings.json"))!;
            var profile = settings["profiles"]!.AsObject().ShouldHaveSingleItem().Value!;
            profile["environmentVariables"]!.ToJsonString()
                .ShouldBe($$"""{"MPP_ENVIRONMENT_FILE":".mpp/{{service.Name}}.env"}""");
        }
    }

    [Fact]
    public void The_agency_of_the_documents_is_the_sample_that_is_built_and_is_short()
    {
        var sample = Read("contracts/samples/Manpower/Program.cs").TrimEnd();

        Read("docs/agencies.md").ShouldContain($"```csharp\n{sample}\n```");
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

        var json = Applicant().Match(Read("README.md")).Groups["json"].Value;
        JsonNode.Parse(json)!.ToJsonString().ShouldBe(applicant.ToJsonString());
    }

    private static Document Load(string path) => new(path, Read(path));

    private static string Read(string path) =>
        File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    [GeneratedRegex("\"applicant\": (?<json>{[^}]*})", RegexOptions.None, 1000)]
    private static partial Regex Applicant();
}
