using System.Text.RegularExpressions;

namespace Mpp.Unit.Architecture;

/// <summary>What documents promise of the source tree: each rule gives what breaks it.</summary>
/// <param name="tracked">The files of the tree.</param>
/// <param name="read">The text of one.</param>
internal sealed partial class DocumentRules(IReadOnlyCollection<string> tracked, Func<string, string> read)
{
    private readonly HashSet<string> _files = [.. tracked];
    private readonly HashSet<string> _folders = [.. tracked.SelectMany(Above)];
    private readonly HashSet<string> _names = [.. tracked.Select(file => Path.GetFileName(file))];

    /// <summary>Links that lead to no file or folder, or to no heading in it.</summary>
    public IEnumerable<string> BrokenLinks(Document document)
    {
        foreach (var link in document.Links.Where(l => !l.Contains("://", StringComparison.Ordinal)))
        {
            var parts = link.Split('#', 2);
            var target = parts[0] is "" ? document.Path : Resolve(document, parts[0]);
            if (!Exists(target) || !parts.Skip(1).All(anchor => Anchors(target, document).Contains(anchor)))
            {
                yield return $"{document.Path}: {link}";
            }
        }
    }

    /// <summary>Paths and names of source files in backticks that are not there.</summary>
    public IEnumerable<string> UnknownFiles(Document document) =>
        from span in document.Spans
        where SourceName().IsMatch(span) ? !_names.Contains(span) : IsPath(span) && !Exists(span.TrimEnd('/'))
        select $"{document.Path}: {span}";

    /// <summary>Members that the file they are said to be in does not have.</summary>
    public IEnumerable<string> UnknownMembers(Document document) =>
        from named in document.Members
        let file = Resolve(document, named.Target)
        where !_files.Contains(file) || !HasWord(read(file), named.Member)
        select $"{document.Path}: {named.Member} in {file}";

    /// <summary>The files that a walk leads to, each once; other documents are no part of it.</summary>
    public IEnumerable<string> FilesOf(Document walk) => walk.Links
        .Where(l => !l.Contains("://", StringComparison.Ordinal))
        .Select(l => Resolve(walk, l.Split('#')[0]))
        .Where(f => _files.Contains(f) && !f.StartsWith("docs/", StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal);

    /// <summary>Names in the last column of tables that stand nowhere in the source.</summary>
    public static IEnumerable<string> UnknownNames(Document document, string source)
    {
        var words = Word().Matches(source).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        return
            from line in document.Prose.Split('\n')
            where line.StartsWith('|')
            from name in Document.SpansOf(line.Trim('|', ' ').Split('|')[^1])
            from word in Word().Matches(name).Select(m => m.Value)
            where !words.Contains(word)
            select $"{document.Path}: {word}";
    }

    private static bool HasWord(string text, string word) => Word().Matches(text).Any(m => m.Value == word);

    /// <summary>Begins with a folder of the root, and stands for one place.</summary>
    private bool IsPath(string span) =>
        span.IndexOf('/') is > 0 and var slash && _folders.Contains(span[..slash])
        && span.IndexOfAny(['<', '*', '{', '…', ' ']) < 0;

    private bool Exists(string path) => _files.Contains(path) || _folders.Contains(path);

    private IEnumerable<string> Anchors(string path, Document document) =>
        path == document.Path ? document.Anchors : new Document(path, read(path)).Anchors;

    private static string Resolve(Document document, string target)
    {
        var folder = Path.GetDirectoryName(document.Path) ?? "";
        return Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, target))).TrimEnd('/');
    }

    private static IEnumerable<string> Above(string file)
    {
        while (Path.GetDirectoryName(file) is { Length: > 0 } folder)
        {
            yield return folder;
            file = folder;
        }
    }

    [GeneratedRegex(@"^[\w.-]+\.(cs|csproj|slnx|props)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SourceName();

    [GeneratedRegex(@"[A-Za-z_][\w-]*", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
