using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>The folders of a project stand in an order: a reader can take them one after the other.</summary>
public sealed class FolderCircleTests
{
    public static TheoryData<string> All => [.. Projects.Product.Concat(Projects.Deploy).Select(p => p.Path)];

    [Theory]
    [MemberData(nameof(All))]
    public void Folders_of_a_project_make_no_circle(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var uses = FolderGraph.Of(Path.Combine(Repository.Root, folder));
        // An agency's register is its features' entities, and its features read the register.
        var counted = folder.StartsWith("services/agencies", StringComparison.Ordinal)
            ? uses.Where(use => use.To is not "Data").ToList()
            : uses;

        FolderGraph.Circles(counted).ShouldBeEmpty();
    }

    [Fact]
    public void A_circle_is_found_over_three_folders_and_named_with_its_places() =>
        FolderGraph.Circles(FolderGraph.Of(
        [
            ("First/A.cs", "namespace Any; class A { int One => B.Two; }"),
            ("Second/B.cs", "namespace Any; class B { public static int Two => new C().Three(); }"),
            ("Third/C.cs", "namespace Any; class C { public int Three() => 0; A? Back; }"),
            ("Third/D.cs", "namespace Any; class D { E? Out; }"),
            ("Fourth/E.cs", "namespace Any; class E;"),
        ])).ShouldBe(
        [
            "First uses Second: First/A.cs uses B",
            "Second uses Third: Second/B.cs uses C",
            "Third uses First: Third/C.cs uses A",
        ]);
}
