using Mpp.Hosting.Http;

namespace Mpp.Operations.Live;

/// <summary>
/// <c>GET /console/events</c>: <c>event: change</c> whenever something has changed, at most once a second, and every
/// few seconds in any case: ages grow by themselves, and another copy of the service may have heard of the change. It
/// tells nothing else; the page then asks again, with its own rights.
/// </summary>
internal static class ChangeStream
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>A browser then connects again, and shows whether its session still holds.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static async Task<IResult> Handle(
        HttpContext http, LiveSignal live, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers[AnswerHeaders.AccelBuffering] = "no";
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, lifetime.ApplicationStopping);
        ends.CancelAfter(Longest);
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", ends.Token);
            while (true)
            {
                var next = live.Next;
                await http.Response.Body.FlushAsync(ends.Token);
                await Task.WhenAny(next, Task.Delay(Most, ends.Token));
                await http.Response.WriteAsync("event: change\ndata: {}\n\n", ends.Token);
                await http.Response.Body.FlushAsync(ends.Token);
                await Task.Delay(Least, ends.Token);
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // Closed by either side.
        }

        return TypedResults.Empty;
    }
}
