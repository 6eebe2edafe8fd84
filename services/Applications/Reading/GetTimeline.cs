using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Mpp.Applications.Data;
using Mpp.Hosting.Description;
using Mpp.Hosting.OpenApi;
using Mpp.Hosting.Telemetry;

namespace Mpp.Applications.Reading;

/// <summary>Entries of an application's timeline, oldest first.</summary>
internal sealed record TimelinePage([MaxLength(GetTimeline.MaxLimit)] IReadOnlyList<TimelineItem> Items);

/// <summary>One entry of a timeline; no personal data.</summary>
/// <param name="Sequence">Counts up by one, without gaps.</param>
/// <param name="Kind">What happened, for example <c>step-completed</c>.</param>
/// <param name="Text">The same for people.</param>
/// <param name="Data">The details; their fields depend on the kind.</param>
/// <param name="Trace">The work that caused it.</param>
internal sealed record TimelineItem(
    long Sequence, DateTimeOffset At, [TimelineKind] string Kind, string Text, [FreeObject] JsonElement Data,
    TimelineTrace? Trace)
{
    /// <param name="links">Where the caller may look at traces.</param>
    public static TimelineItem Of(TimelineRow row, string language, TraceLinks? links) => new(
        row.Sequence, row.At, row.Kind, Texts.Of(row.Kind).In(language), JsonElement.Parse(row.Data),
        row.Span is null ? null : TimelineTrace.Of(SpanRef.Of(row.Span), links));
}

/// <summary>The span in which an entry was written.</summary>
/// <param name="TraceId">Its trace, as in the header <c>Trace-Id</c>; one of an earlier request, as a rule.</param>
/// <param name="SpanId">The span.</param>
/// <param name="Url">The span in the mall's viewer of traces; only for operators, where there is a viewer.</param>
internal sealed record TimelineTrace(string TraceId, string SpanId, [TextForm(2000, "^https?://")] string? Url)
{
    public static TimelineTrace Of(SpanRef span, TraceLinks? links) =>
        new(span.TraceId, span.SpanId, links?.To(span)?.AbsoluteUri);

    /// <summary>The links for a caller who may follow them.</summary>
    public static TraceLinks? LinksFor(ClaimsPrincipal caller, IOptions<TraceLinks> links) =>
        caller.HasScope(KnownScopes.ApplicationsOperate) ? links.Value : null;
}

/// <summary>
/// <c>GET /v1/applications/{number}/timeline</c>, in pages: <c>Link: rel="next"</c> leads to the next one.
/// </summary>
internal static class GetTimeline
{
    private const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    /// <param name="number">The application's number.</param>
    /// <param name="after">The sequence of the last entry of the page before.</param>
    /// <param name="limit">Entries on a page; 100 without it.</param>
    public static async Task<IResult> Handle(
        string number, [Range(0, Described.Safe)] long? after, [Range(1, MaxLimit)] int? limit, CallerRegion region,
        HttpContext http, ApplicationAccess access, ApplicationsDbContext database, IOptions<TraceLinks> traces,
        CancellationToken cancellationToken)
    {
        if (after < 0)
        {
            return Problem.Parameter(nameof(after), ErrorCodes.OutOfRange, "At least 0 is expected.");
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
        var (language, links) = (Language.Of(http), TimelineTrace.LinksFor(http.User, traces));
        var page = http.Page(entries, size, entry => entry.Sequence);
        return TypedResults.Ok(new TimelinePage([.. page.Select(entry => TimelineItem.Of(entry, language, links))]));
    }
}
