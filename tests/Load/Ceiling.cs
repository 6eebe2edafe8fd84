using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mpp.Load;

/// <summary>
/// What MassTransit alone moves per second on a broker: publish with confirms and consume from a quorum queue, no
/// database.
/// </summary>
internal static class Ceiling
{
    /// <summary>As many sends in flight as the relay has at most.</summary>
    private const int Window = 256;

    public static async Task<double> MeasureAsync(Uri rabbitMq, int seconds, CancellationToken cancellationToken)
    {
        var consumed = new Consumed();
        await using var provider = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton(consumed)
            .AddMassTransit(bus =>
            {
                bus.AddConsumer<ProbeConsumer>();
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(rabbitMq);
                    rabbit.ReceiveEndpoint("load-ceiling", endpoint =>
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.PrefetchCount = 64;
                        endpoint.ConfigureConsumer<ProbeConsumer>(context);
                    });
                });
            })
            .BuildServiceProvider();

        var bus = provider.GetRequiredService<IBusControl>();
        await bus.StartAsync(cancellationToken);
        try
        {
            await PublishForAsync(bus, TimeSpan.FromSeconds(3), cancellationToken);
            var (before, watch) = (consumed.Count, Stopwatch.StartNew());
            await PublishForAsync(bus, TimeSpan.FromSeconds(seconds), cancellationToken);
            return (consumed.Count - before) / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }

    private static async Task PublishForAsync(IBus bus, TimeSpan duration, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Window).Select(async _ =>
        {
            while (watch.Elapsed < duration)
            {
                await bus.Publish(new Probe(Guid.NewGuid(), Payload), cancellationToken);
            }
        }));
    }

    /// <summary>About the size of a step's inputs.</summary>
    private static readonly string Payload = new('x', 400);

    internal sealed record Probe(Guid Id, string Payload);

    private sealed class Consumed
    {
        private long _count;

        public long Count => Interlocked.Read(ref _count);

        public void Add() => Interlocked.Increment(ref _count);
    }

    private sealed class ProbeConsumer(Consumed consumed) : IConsumer<Probe>
    {
        public Task Consume(ConsumeContext<Probe> context)
        {
            consumed.Add();
            return Task.CompletedTask;
        }
    }
}
