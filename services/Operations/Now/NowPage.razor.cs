using Microsoft.AspNetCore.Components;
using Mpp.Operations.Access;
using Mpp.Operations.Frame;
using Mpp.Operations.Troubles;
using Mpp.Web.Layout;

namespace Mpp.Operations.Now;

/// <summary>The mall at this moment.</summary>
public sealed partial class NowPage
{
    private const int RateMinutes = 5;

    [Parameter, EditorRequired]
    public NowFigures Figures { get; set; } = null!;

    [Parameter, EditorRequired]
    public Person Person { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Trouble> Troubles { get; set; } = [];

    /// <summary>By which applications live.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    /// <summary>By which machines live; another one in a sandbox that has moved its clock.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Machine { get; set; }

    [Parameter]
    public bool IsWall { get; set; }

    private PageFrame Frame => Pages.For(Person.Name);

    private string Where => Person.Region.Region is { } region
        ? region.Name ?? region.Value
        : Language[NowTexts.Everywhere];

    private string Number(long number) => Times.Number(number, Language.Code);

    /// <summary>Over the last full minutes.</summary>
    private string Rate(Func<FlowMinute, int> count)
    {
        var minutes = Figures.Flow.SkipLast(1).TakeLast(RateMinutes).ToList();
        var rate = minutes.Count == 0 ? 0 : minutes.Average(count);
        var text = rate.ToString(rate < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);
        return Language.Code == "en" ? text : text.Replace('.', ',');
    }
}
