using System.Text.RegularExpressions;

namespace Mpp.Unit.Architecture;

/// <summary>A Markdown document of the repository.</summary>
/// <param name="Path">Below the root.</param>
/// <param name="Text">Its text.</param>
internal sealed partial record Document(string Path, string Text)
{
    /// <summary>The text without blocks of code.</summary>
    public string Prose => Fence().Replace(Text, "");

    public IEnumerable<string> Links => Link().Matches(Prose).Select(m => m.Groups["target"].Value);

    /// <summary>What stands between backticks.</summary>
    public IEnumerable<string> Spans => Span().Matches(Prose).Select(m => m.Groups["code"].Value);

    /// <summary>What a link can name behind <c>#</c>.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose).Select(m => Anchor(m.Groups["title"].Value));

    /// <summary><c>[File.cs](path) → `Member`, `Member`</c>.</summary>
    public IEnumerable<(string Target, string Member)> Members => NamedMembers().Matches(Prose)
        .SelectMany(m => m.Groups["member"].Captures.Select(c => (m.Groups["target"].Value, c.Value)));

    /// <summary>The part below a heading of the second level.</summary>
    public Document Section(string title) => this with
    {
        Text = Text.Split("\n## ").Single(part => part.StartsWith(title + "\n", StringComparison.Ordinal)),
    };

    public int NumberedItems => Numbered().Count(Prose);

    /// <summary>The cells of rows of tables that begin with a span of code; the first without its backticks.</summary>
    public IEnumerable<string[]> CodeRows =>
        from line in Prose.Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal)
        let cells = line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)
        where Span().Match(cells[0]) is { Success: true } span && span.Length == cells[0].Length
        select (string[])[cells[0].Trim('`'), .. cells[1..]];

    public static IEnumerable<string> SpansOf(string text) => Span().Matches(text).Select(m => m.Groups["code"].Value);

    // As GitHub makes them.
    private static string Anchor(string title) =>
        NotInAnchor().Replace(LinkText().Replace(title, "${text}").ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^ *```.*?^ *```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`(?<code>[^`\n]+)`", RegexOptions.None, 1000)]
    private static partial Regex Span();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.None, 1000)]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"^\d+\. ", RegexOptions.Multiline, 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex(
        @"\[[\w.]+\.cs\]\((?<target>[^)]+)\)\s+→\s+`(?<member>\w+)`(,\s+`(?<member>\w+)`)*",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedMembers();
}
