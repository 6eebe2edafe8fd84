using Mpp.Applications.Data;

namespace Mpp.Applications.Reading;

/// <summary>Entries of an application's timeline, oldest first.</summary>
internal sealed record TimelinePage(IReadOnlyList<TimelineItem> Items);

/// <summary>One entry of a timeline; no personal data.</summary>
/// <param name="Sequence">Counts up by one, without gaps.</param>
/// <param name="Kind">What happened, for example <c>step-completed</c>.</param>
/// <param name="Text">The same for people.</param>
/// <param name="Data">The details; their fields depend on the kind.</param>
internal sealed record TimelineItem(long Sequence, DateTimeOffset At, string Kind, string Text, JsonElement Data)
{
    public static TimelineItem Of(TimelineRow row, string language) =>
        new(row.Sequence, row.At, row.Kind, Texts.Of(row.Kind).In(language), JsonElement.Parse(row.Data));
}

/// <summary>
/// <c>GET /v1/applications/{number}/timeline</c>, in pages: <c>Link: rel="next"</c> leads to the next one.
/// </summary>
internal static class GetTimeline
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    public static async Task<IResult> Handle(
        string number, long? after, int? limit, CallerRegion region,
        HttpContext http, ApplicationAccess access, ApplicationsDbContext database, CancellationToken cancellationToken)
    {
        if (after < 0)
        {
            return Problem.Parameter(nameof(after), "out-of-range", "At least 0 is expected.");
        }

        if (Paging.LimitFault(limit, MaxLimit) is { } fault)
        {
            return fault;
        }

        if (await access.FindAsync(number, region, cancellationToken) is not { } row)
        {
            return Problem.Of(ProblemCodes.UnknownApplication);
        }

        var (from, size) = (after ?? 0, limit ?? DefaultLimit);
        var entries = await database.Timeline.AsNoTracking()
            .Where(t => t.ApplicationId == row.Id && t.Sequence > from)
            .OrderBy(t => t.Sequence).Take(size + 1).ToListAsync(cancellationToken);
        var language = Language.Of(http);
        var page = http.Page(entries, size, entry => entry.Sequence);
        return TypedResults.Ok(new TimelinePage([.. page.Select(entry => TimelineItem.Of(entry, language))]));
    }
}
