using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>Every rule about documents is broken here once, on purpose.</summary>
public sealed class DocumentRulesTests
{
    private const string Source = "services/Any/Any.cs";

    private static readonly Dictionary<string, string> Tree = new(StringComparer.Ordinal)
    {
        ["README.md"] = "# Any\n\n## A heading: with `code`, and [a link](docs/a.md)\n",
        [Source] = "internal sealed class Any { public int Member => 1; }",
        ["docs/a.md"] = "",
    };

    private static readonly DocumentRules Rules = new(Tree.Keys, path => Tree[path]);

    [Theory]
    [InlineData("[x](../README.md) [x](../services/Any) [x](../services/Any/) [x](https://example.org/x.md)")]
    [InlineData("[x](../README.md#a-heading-with-code-and-a-link) [x](#here)\n# Here\n")]
    [InlineData("`services/Any/Any.cs` `services/Any/` `services/<Other>` `services/*` `Any.cs` `other/path` `a/b c`")]
    [InlineData("[Any.cs](../services/Any/Any.cs) → `Any`,\n  `Member`: says it")]
    [InlineData("```sh\n[x](nowhere.md) and `services/Nowhere`\n```\n")]
    public void What_is_there_breaks_no_rule(string text)
    {
        var document = new Document("docs/a.md", text);
        Rules.BrokenLinks(document).ShouldBeEmpty();
        Rules.UnknownFiles(document).ShouldBeEmpty();
        Rules.UnknownMembers(document).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../nowhere.md")]
    [InlineData("README.md")]
    [InlineData("../README.md#no-such-heading")]
    [InlineData("#no-such-heading")]
    public void A_link_to_nothing_is_found(string link) =>
        Rules.BrokenLinks(new Document("docs/a.md", $"A [link]({link}).")).ShouldBe([$"docs/a.md: {link}"]);

    [Theory]
    [InlineData("services/Any/Other.cs")]
    [InlineData("services/Other")]
    [InlineData("Other.cs")]
    public void A_file_that_is_not_there_is_found(string span) =>
        Rules.UnknownFiles(new Document("docs/a.md", $"In `{span}`.")).ShouldBe([$"docs/a.md: {span}"]);

    [Fact]
    public void A_member_that_is_not_in_its_file_is_found() =>
        Rules.UnknownMembers(new Document("docs/a.md", "[Any.cs](../services/Any/Any.cs) → `Member`, `Memb`"))
            .ShouldBe(["docs/a.md: Memb in services/Any/Any.cs"]);

    [Fact]
    public void A_name_that_is_not_in_the_code_is_found() =>
        DocumentRules.UnknownNames(
            new Document("a.md", "| `Term` | in code |\n| any | `Any`, `Other` |\n"), Tree[Source])
            .ShouldBe(["a.md: Other"]);

    [Fact]
    public void A_longer_walk_is_counted() =>
        Rules.FilesOf(new Document("docs/a.md", "1. [x](../README.md)\n2. [x](../services/Any/Any.cs#x)\n[](a.md)"))
            .ShouldBe(["README.md", "services/Any/Any.cs"]);

    [Fact]
    public void A_way_that_is_not_told_is_found_and_one_that_does_not_happen() =>
        Ways.Differences(told: ["a → b", "b → c"], seen: ["a → b", "a → c"])
            .ShouldBe(["not told: a → c", "does not happen: b → c"]);

    [Fact]
    public void Ways_are_read_from_tables_and_drawings()
    {
        var section = new Document("a.md", """
            ```mermaid
            stateDiagram-v2
                [*] --> waiting
                waiting --> in_progress : asked for
            ```

            | state | goes to |
            |---|---|
            | `waiting` | `requested` (`step-requested`), `skipped` |
            | `other` | `requested` |
            """);

        Ways.Drawn(section).ShouldBe(["waiting → in-progress"]);
        Ways.Told<StepStatus>(section).ShouldBe(["waiting → requested", "waiting → skipped"]);
    }
}
