using System.Text.Json;
using MassTransit;
using Mpp.Contracts.Operations;
using Mpp.Messaging;
using Mpp.Operations.Data;
using Mpp.Operations.Live;

namespace Mpp.Operations.Projection;

/// <summary>Keeps the latest heartbeat of every process. A process that ended is forgotten after a day.</summary>
internal sealed class BeatConsumer(
    OperationsDbContext database, Sender sender, IAfterCommit afterCommit, LiveSignal live)
    : IConsumer<ServiceHeartbeat>
{
    /// <exception cref="ForeignSenderException">A service speaks for another one.</exception>
    public async Task Consume(ConsumeContext<ServiceHeartbeat> context)
    {
        var beat = context.Message;
        if (sender.Of(context) is { } from && from != beat.Service)
        {
            throw new ForeignSenderException(nameof(ServiceHeartbeat), from);
        }

        // Heartbeats go by the machines' clocks, also in a sandbox that has moved its own.
        var now = TimeProvider.System.Now();
        var (outbox, queues) = (beat.Outbox, JsonSerializer.Serialize(beat.Queues, JsonSerializerOptions.Web));
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO processes AS p (process, service, version, started_at, sent_at, received_at, interval_seconds,
                failing, outbox_oldest_seconds, outbox_pending, outbox_retrying, outbox_dead, timers_overdue, queues)
            VALUES ({beat.Process}, {beat.Service}, {beat.Version}, {beat.StartedAt.ToUniversalTime()},
                {beat.At.ToUniversalTime()}, {now}, {beat.IntervalSeconds}, {beat.Failing.ToArray()},
                {outbox?.OldestSeconds}, {outbox?.Pending ?? 0}, {outbox?.Retrying ?? 0}, {outbox?.Dead ?? 0},
                {outbox?.TimersOverdue ?? 0}, {queues}::jsonb)
            ON CONFLICT (process) DO UPDATE SET sent_at = EXCLUDED.sent_at, received_at = EXCLUDED.received_at,
                failing = EXCLUDED.failing, outbox_oldest_seconds = EXCLUDED.outbox_oldest_seconds,
                outbox_pending = EXCLUDED.outbox_pending, outbox_retrying = EXCLUDED.outbox_retrying,
                outbox_dead = EXCLUDED.outbox_dead, timers_overdue = EXCLUDED.timers_overdue,
                queues = EXCLUDED.queues
            WHERE p.sent_at < EXCLUDED.sent_at
            """,
            context.CancellationToken);
        afterCommit.Do(live.Changed);
    }
}
