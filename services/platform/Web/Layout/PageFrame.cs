namespace Mpp.Web.Layout;

/// <summary>What stands around a page's content.</summary>
/// <param name="Home">Where the mall's name in the header leads to.</param>
/// <param name="Part">What the pages are of: <c>Konsol petugas</c>.</param>
public sealed record PageFrame(string Home, LocalizedText Part)
{
    /// <summary>The pages that the header leads to.</summary>
    public IReadOnlyList<PageLink> Links { get; init; } = [];

    /// <summary>Who has signed in, as the header says it; <see langword="null"/> for nobody.</summary>
    public string? Person { get; init; }

    /// <summary>Where a form that signs out is sent to.</summary>
    public string? SignOut { get; init; }

    /// <summary>One narrow column, for forms and short texts.</summary>
    public bool IsNarrow { get; init; }
}

/// <summary>A page that the header leads to.</summary>
/// <param name="Address">Its path.</param>
/// <param name="Title">Its name.</param>
public sealed record PageLink(string Address, LocalizedText Title);
