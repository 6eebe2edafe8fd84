using System.Text;
using System.Text.RegularExpressions;
using Mpp.Local;

namespace Mpp.EndToEnd.Documents;

/// <summary>A block of the documents that a reader pastes, and what its comments promise.</summary>
/// <param name="Place">Where it stands, for the message of a failure.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Promises">What stands behind a <c>#</c> at the end of a line: the answers say it,
/// in this order.</param>
internal sealed record WalkBlock(string Place, string Text, IReadOnlyList<string> Promises);

/// <summary>The walk of README.md and docs/try-it.md: every block that a reader pastes, in order.</summary>
internal static partial class Walk
{
    public static IReadOnlyList<WalkBlock> Read() =>
    [
        .. Blocks(
            "README.md", Section(File.ReadAllText(Path.Combine(Repository.Root, "README.md")), "For integrators")),
        .. Blocks("docs/try-it.md", File.ReadAllText(Path.Combine(Repository.Root, "docs", "try-it.md"))),
    ];

    /// <summary>One script of all blocks, which says before each where it is.</summary>
    public static string Script(IReadOnlyList<WalkBlock> blocks, string gateway, string data)
    {
        var script = new StringBuilder("set -eu\n");
        for (var i = 0; i < blocks.Count; i++)
        {
            script.Append("echo '").Append(Mark(i)).Append("'\n").Append(blocks[i].Text);
        }

        return script.Replace("http://127.0.0.1:8080", gateway).Replace(".mpp/", data.TrimEnd('/') + "/").ToString();
    }

    /// <summary>Promises that the output of their block does not keep.</summary>
    public static IEnumerable<string> Broken(IReadOnlyList<WalkBlock> blocks, string output)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var start = output.IndexOf(Mark(i), StringComparison.Ordinal);
            var end = i + 1 < blocks.Count ? output.IndexOf(Mark(i + 1), StringComparison.Ordinal) : -1;
            var said = start < 0 ? "" : output[(start + Mark(i).Length)..(end < 0 ? output.Length : end)];
            var at = 0;
            foreach (var promise in blocks[i].Promises)
            {
                var found = said.IndexOf(promise, at, StringComparison.Ordinal);
                if (found < 0)
                {
                    yield return $"{blocks[i].Place} promises {promise}, and says {said}";
                }

                at = found < 0 ? at : found + promise.Length;
            }
        }
    }

    private static string Mark(int block) => $"=== block {block} ===";

    private static string Section(string document, string title) =>
        document.ReplaceLineEndings("\n")
            .Split("\n## ").Single(section => section.StartsWith(title + "\n", StringComparison.Ordinal));

    private static IEnumerable<WalkBlock> Blocks(string document, string text) =>
        from Match block in Fence().Matches(text.ReplaceLineEndings("\n"))
        let lines = block.Groups["text"].Value
        select new WalkBlock($"{document}: {lines.Split('\n')[0]}", lines,
            [.. Promise().Matches(lines).Select(m => m.Groups["said"].Value)]);

    [GeneratedRegex(@"^```sh\n(?<text>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\S +# (?<said>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Promise();
}
