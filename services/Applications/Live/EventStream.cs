using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Mpp.Applications.Data;
using Mpp.Applications.Reading;
using Mpp.Hosting.Description;
using Mpp.Hosting.Json;
using Mpp.Hosting.Telemetry;

namespace Mpp.Applications.Live;

/// <summary>
/// <c>GET /v1/applications/{number}/events</c>: the timeline as server-sent events, from the beginning or after
/// <c>Last-Event-ID</c>, until everything is told of an application that has ended.
/// </summary>
internal static class EventStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    /// <summary>An example of what is read from a stream; the last event is <c>application-ended</c>.</summary>
    public const string Example = """
        retry: 2000

        id: 1
        event: application-submitted
        data: {"sequence":1,"at":"2026-11-22T02:00:00+00:00","kind":"application-submitted","text":"…","data":{}}

        : still here

        """;

    /// <param name="number">The application's number.</param>
    /// <param name="lastEventId">The id of the last event that was read: the stream goes on after it.</param>
    public static async Task<IResult> Handle(
        string number, [FromHeader(Name = "Last-Event-ID"), TextForm(19, "^[0-9]*$")]
        string? lastEventId,
        CallerRegion region, HttpContext http, ApplicationAccess access, LiveChanges live, IServiceScopeFactory scopes,
        IHostApplicationLifetime lifetime, IOptions<TraceLinks> traces, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var seen = 0L;
        if (!string.IsNullOrEmpty(lastEventId)
            && !long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out seen))
        {
            return Problem.Parameter(
                "Last-Event-ID", ErrorCodes.WrongType, "The id of an event of this stream is expected.");
        }

        if (await access.FindAsync(number, region, cancellationToken) is not { } row)
        {
            return Problem.Of(ProblemCodes.UnknownApplication);
        }

        if (row.EndedAt is not null && seen >= row.Sequence)
        {
            // Tells an EventSource not to connect again.
            return TypedResults.NoContent();
        }

        var language = Language.Of(http);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers[AnswerHeaders.AccelBuffering] = "no";
        if (http.IsHead())
        {
            return TypedResults.Empty;
        }

        // A stream that stays open would hold up the end of the process.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, lifetime.ApplicationStopping);
        if (long.TryParse(
            http.User.FindFirstValue("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
            && DateTimeOffset.FromUnixTimeSeconds(expiry) - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } left
            && left < LongestTimer)
        {
            // A stream does not stay open longer than its token; the client comes back with a new one and
            // Last-Event-ID. Tokens go by the machine's clock, even in a sandbox that has moved its own.
            ends.CancelAfter(left);
        }

        var links = TimelineTrace.LinksFor(http.User, traces);
        using var subscription = live.Subscribe(row.Id);
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", ends.Token);
            for (var ended = false; !ended;)
            {
                (seen, ended) = await WriteNewAsync(
                    http.Response, scopes, row.Id, seen, entry => TimelineItem.Of(entry, language, links), ends.Token);
                subscription.Seen = seen;
                if (!ended && !await subscription.WaitAsync(Heartbeat, time, ends.Token))
                {
                    await http.Response.WriteAsync(": still here\n\n", ends.Token);
                }
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The caller has gone, or connects again to another copy of the service.
        }

        return TypedResults.Empty;
    }

    private static async Task<(long Seen, bool Ended)> WriteNewAsync(
        HttpResponse response, IServiceScopeFactory scopes, Guid application, long seen,
        Func<TimelineRow, TimelineItem> read, CancellationToken cancellationToken)
    {
        // A scope of its own: a stream lives for hours, and must not keep a database context, let alone a connection,
        // all that time.
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        var entries = await database.Timeline.AsNoTracking()
            .Where(t => t.ApplicationId == application && t.Sequence > seen)
            .OrderBy(t => t.Sequence).ToListAsync(cancellationToken);
        foreach (var entry in entries)
        {
            var data = JsonSerializer.Serialize(read(entry), MppJson.Options);
            await response.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"id: {entry.Sequence}\nevent: {entry.Kind}\ndata: {data}\n\n"), cancellationToken);
            seen = entry.Sequence;
        }

        await response.Body.FlushAsync(cancellationToken);
        // An entry's kind does not tell the end: what has ended can be filed again, and notes can follow an end. With
        // the sequence it is an end after which nothing has come, whatever happens between the two queries.
        return (seen, await database.Applications.AnyAsync(
            a => a.Id == application && a.Sequence == seen && a.EndedAt != null, cancellationToken));
    }
}
