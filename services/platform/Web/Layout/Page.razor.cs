using Microsoft.AspNetCore.Components;

namespace Mpp.Web.Layout;

/// <summary>The whole document of a page: head, header with navigation and language, content, footer.</summary>
public sealed partial class Page
{
    /// <summary>The page's own name, first in the browser's title.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What stands around it.</summary>
    [Parameter, EditorRequired]
    public PageFrame Frame { get; set; } = null!;

    /// <summary>The content.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>At the left of the footer.</summary>
    [Parameter]
    public RenderFragment? Foot { get; set; }

    /// <summary>
    /// The stream of server-sent events (<c>event: change</c>) after which the parts with <c>data-live</c> and an id
    /// are fetched again; <see langword="null"/> for a page that stands still.
    /// </summary>
    [Parameter]
    public string? Events { get; set; }

    /// <summary>After how many seconds those parts are fetched again, for a page without such a stream.</summary>
    [Parameter]
    public int? RefreshSeconds { get; set; }

    /// <summary>For a screen on the wall: larger, and without anything to press.</summary>
    [Parameter]
    public bool IsWall { get; set; }

    /// <summary>More stylesheets, by address.</summary>
    [Parameter]
    public IReadOnlyList<string> Styles { get; set; } = [];

    private bool IsLive => Events is not null || RefreshSeconds is not null;

    /// <summary>Nobody can press anything at a wall, and some browsers run no script.</summary>
    private int? WithoutScriptSeconds => RefreshSeconds ?? (IsWall ? 30 : null);

    private string Class => IsWall ? "wall" : Frame.IsNarrow ? "narrow" : "";

    private HttpRequest Request => Http.HttpContext!.Request;

    private string Here => Request.PathBase + Request.Path + Request.QueryString;

    private string Switch => HttpMethods.IsGet(Request.Method)
        ? $"{Frame.Home.TrimEnd('/')}/language?to={Language.Other}&back={Uri.EscapeDataString(Here)}"
        : $"{Frame.Home.TrimEnd('/')}/language?to={Language.Other}";

    private string? Current(PageLink link) => Request.Path == link.Address
        || Request.Path.StartsWithSegments(link.Address, StringComparison.Ordinal) ? "page" : null;
}
