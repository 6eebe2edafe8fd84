using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mpp.Unit.Architecture;

/// <summary>
/// Which folders of a project use which: read from the source with the compiler, so that neither namespaces nor using
/// lines can hide anything. Files beside the project file put the folders together and are not counted.
/// </summary>
internal static class FolderGraph
{
    private static readonly List<MetadataReference> Platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.Length > 0)
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The uses of a project's folders, each with one place that shows it.</summary>
    public static IReadOnlyList<FolderUse> Of(string projectFolder)
    {
        var files = Directory.EnumerateFiles(projectFolder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(
                $"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        return Of(files.Select(file => (Path.GetRelativePath(projectFolder, file), File.ReadAllText(file))));
    }

    /// <summary>The same of sources at hand: path below the project, and content.</summary>
    public static IReadOnlyList<FolderUse> Of(IEnumerable<(string Path, string Text)> sources)
    {
        var trees = sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, path: source.Path)).ToList();
        var compilation = CSharpCompilation.Create("folders", trees.Append(ImplicitUsings), Platform);
        return [.. trees.Where(tree => Folder(tree) is not "").SelectMany(tree => Uses(tree, compilation))
            .DistinctBy(use => (use.From, use.To))];
    }

    /// <summary>
    /// The folders that use each other, directly or over others: each set once, with a place for each of its uses.
    /// </summary>
    public static IReadOnlyList<string> Circles(IReadOnlyCollection<FolderUse> uses)
    {
        bool Reaches(string from, string to, HashSet<string> seen) =>
            uses.Where(use => use.From == from && seen.Add(use.To))
                .Any(use => use.To == to || Reaches(use.To, to, seen));

        return [.. uses
            .Where(use => Reaches(use.To, use.From, []))
            .Select(use => $"{use.From} uses {use.To}: {use.Place}")
            .Order(StringComparer.Ordinal)];
    }

    private static SyntaxTree ImplicitUsings { get; } = CSharpSyntaxTree.ParseText(
        string.Concat(new[]
        {
            "System", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
            "System.Collections.Generic", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http",
            "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Hosting", "Microsoft.Extensions.Configuration",
            "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
            "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Metadata.Builders",
        }.Select(space => $"global using {space};")), path: "Usings.cs");

    private static IEnumerable<FolderUse> Uses(SyntaxTree tree, CSharpCompilation compilation)
    {
        var model = compilation.GetSemanticModel(tree);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name).Symbol
                ?? model.GetSymbolInfo(name).CandidateSymbols.FirstOrDefault();
            var owner = symbol switch
            {
                IMethodSymbol { ReducedFrom: { } extension } => extension.ContainingType,
                INamedTypeSymbol type => type,
                _ => symbol?.ContainingType,
            };
            if (owner?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree is { } declared
                && Folder(declared) is { Length: > 0 } to && to != Folder(tree))
            {
                yield return new(Folder(tree), to, $"{tree.FilePath} uses {owner.Name}");
            }
        }
    }

    private static string Folder(SyntaxTree tree) =>
        Path.GetDirectoryName(tree.FilePath)?.Split(Path.DirectorySeparatorChar)[0] ?? "";
}

/// <summary>A folder uses another one.</summary>
internal sealed record FolderUse(string From, string To, string Place);
