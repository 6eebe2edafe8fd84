using Microsoft.AspNetCore.Components;
using Mpp.Contracts.Packages;
using Mpp.Operations.Access;
using Mpp.Operations.Data;
using Mpp.Operations.Frame;
using Mpp.Web.Layout;

namespace Mpp.Operations.OneApplication;

/// <summary>Something that has just come of what the person did.</summary>
/// <param name="Mark">For the stylesheet.</param>
/// <param name="Text">What.</param>
/// <param name="Detail">The interface's own words, in English.</param>
public sealed record Notice(string Mark, LocalizedText Text, string? Detail = null);

/// <summary>One application: its graph, its timeline, who acts next, and what can be done.</summary>
public sealed partial class ApplicationPage
{
    [Parameter, EditorRequired]
    public ApplicationView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public Person Person { get; set; } = null!;

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public Notice? Notice { get; set; }

    /// <summary>Whether the numbers that lead to a person are shown, because the person gave a reason.</summary>
    [Parameter]
    public bool Shown { get; set; }

    /// <summary>Who did or saw what through the console.</summary>
    [Parameter]
    public IReadOnlyList<ConsoleRecordRow> Records { get; set; } = [];

    private PageFrame Frame => Pages.For(Person.Name);

    private RegionCode Zone => RegionCode.Parse(View.Region);

    private PackageDefinition? Package => Catalogue.Find(View.Package, View.PackageVersion);

    private GraphLayout? Layout => Package is { } package ? GraphLayout.Of(package.Steps) : null;

    private List<StepView> Actable => [.. View.Steps.Where(step => step.Acts.Count > 0)];

    /// <summary>The same for a form that is sent twice.</summary>
    private string Key { get; } = Guid.CreateVersion7().ToString("N");

    private IReadOnlyList<NextToActView> Next => View.Next.Count > 0 || View.Source is Source.Coordinator
        ? View.Next
        : [.. View.Steps.Where(step => step.WaitsFor is not null).Select(step => new NextToActView(
            step.WaitsFor is Party.Agency
                ? Language[Catalogue.Name(step.Agency)]
                : Language[Words.Of(step.WaitsFor!.Value)],
            step.DueAt)).Distinct()];
}
