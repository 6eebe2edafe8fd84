using Mpp.Messaging.Outbox;
using Mpp.Messaging.Telemetry;
using Mpp.Messaging.Writes;

namespace Mpp.Messaging.Batches;

/// <summary>The lanes of the queues that are consumed in batches.</summary>
internal sealed class Lanes<TDbContext> : IDisposable
    where TDbContext : DbContext
{
    private readonly Dictionary<string, (Lane<TDbContext> Lane, BatchPreparation Preparation)> _lanes;

    public Lanes(
        MessagingConfigurator configurator, IServiceProvider services, CommitInterceptor commits, RelaySignal signal,
        MessagingMeters meters, IOptions<MessagingOptions> options, ILogger<Lanes<TDbContext>> logger) =>
        _lanes = configurator.Queues.Where(queue => queue.Value.Preparation is not null).ToDictionary(
            queue => queue.Key,
            queue =>
            {
                var preparation = (BatchPreparation)services.GetService(queue.Value.Preparation!)!;
                var run = new BatchRun<TDbContext>(queue.Key, preparation, commits, signal, meters, logger);
                return (new Lane<TDbContext>(run, options.Value), preparation);
            },
            StringComparer.Ordinal);

    /// <summary>The lane of a queue; <see langword="null"/> for one without.</summary>
    public Lane<TDbContext>? Of(string queue) => _lanes.GetValueOrDefault(queue).Lane;

    /// <summary>
    /// The key of a message in its queue's batches; <see langword="null"/> for a message that goes alone.
    /// </summary>
    public object? KeyOf(string queue, object message) =>
        _lanes.GetValueOrDefault(queue).Preparation?.KeyOf(message);

    public void Dispose()
    {
        foreach (var (lane, _) in _lanes.Values)
        {
            lane.Dispose();
        }
    }
}
