using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Mime;
using System.Text;

namespace Mpp.Load.Measuring;

/// <summary>
/// Submits at a fixed rate whatever the answers take: latency counts from the moment a request was due, so a slow
/// server cannot slow its own measurement.
/// </summary>
internal sealed class Submissions(ISide side, BirthRequests requests)
{
    /// <summary>Milliseconds from due to answered, of those accepted.</summary>
    public ConcurrentBag<double> AcceptMilliseconds { get; } = [];

    /// <summary>How often each other status came.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Refused { get; } = new();

    /// <summary>The first refusal's body, to see what is wrong.</summary>
    public string? FirstRefusal { get; private set; }

    public async Task RunAsync(int first, int count, double perSecond, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var running = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds(i / perSecond);
            if (due - watch.Elapsed is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, cancellationToken);
            }

            running.Add(SubmitAsync(first + i, due, watch, cancellationToken));
        }

        await Task.WhenAll(running);
    }

    private async Task SubmitAsync(int index, TimeSpan due, Stopwatch watch, CancellationToken cancellationToken)
    {
        using var content = new StringContent(requests.Body(index), Encoding.UTF8, MediaTypeNames.Application.Json);
        using var response = await side.Client.PostAsync(side.Applications, content, cancellationToken);
        if (response.StatusCode == side.Accepted)
        {
            AcceptMilliseconds.Add((watch.Elapsed - due).TotalMilliseconds);
        }
        else
        {
            Refused.AddOrUpdate(response.StatusCode, 1, static (_, n) => n + 1);
            FirstRefusal ??= await response.Content.ReadAsStringAsync(cancellationToken);
        }
    }
}
