using System.Text.RegularExpressions;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>Lines fit a review's two columns: 120, as .editorconfig tells the editors.</summary>
public sealed partial class LineWidthTests
{
    private const int Limit = 120;

    /// <summary>What is made by a tool. JSON is not looked at: a text in it is one line, however long.</summary>
    private static readonly string[] Exempt = ["/Migrations/"];

    [Fact]
    public void Every_line_of_the_repository_fits() => TooLong(
        TrackedFiles.Of("*.cs", "*.csproj", "*.props", "*.targets", "*.md", ".ci/*")
            .Where(path => !Array.Exists(Exempt, part => path.Contains(part, StringComparison.Ordinal)))
            .SelectMany(LinesOf))
        .ShouldBeEmpty();

    [Fact]
    public void A_line_that_is_too_long_is_found_and_a_table_of_a_document_is_not() => TooLong(
        [
            ("a.cs:1", new string('x', Limit)),
            ("a.cs:2", new string('x', Limit + 1)),
            ("a.md:1", "| a | " + new string('x', Limit)),
            ("a.md:2", "[link](https://example.org/" + new string('x', Limit)),
        ]).ShouldBe(["a.cs:2"]);

    [Fact]
    public void The_editors_are_told_the_same() => File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig"))
        .ShouldContain($"max_line_length = {Limit}");

    private static IEnumerable<string> TooLong(IEnumerable<(string Place, string Text)> lines) => lines
        .Where(line => line.Text.Length > Limit && !CannotBeBroken(line.Place, line.Text))
        .Select(line => line.Place);

    private static IEnumerable<(string Place, string Text)> LinesOf(string path) =>
        File.ReadLines(Path.Combine(Repository.Root, path)).Select((line, i) => ($"{path}:{i + 1}", line));

    /// <summary>
    /// A row of a table, and an address, are one line in Markdown; JSON that a test holds is as it is in a file.
    /// </summary>
    private static bool CannotBeBroken(string place, string text) =>
        (place.StartsWith("tests/", StringComparison.Ordinal) && Json().IsMatch(text))
        || place.Contains(".md:", StringComparison.Ordinal)
        && (text.TrimStart().StartsWith('|') || text.TrimStart().IndexOf(' ') < 0
            || text.Contains("](http", StringComparison.Ordinal));

    [GeneratedRegex("""\{ ?"[a-zA-Z]+" ?:|^\s*"[a-zA-Z]+": [\[{"]""", RegexOptions.None, 1000)]
    private static partial Regex Json();
}
