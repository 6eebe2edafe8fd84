using System.Collections.Concurrent;
using System.Data;
using Mpp.Messaging.Batches;
using Mpp.Messaging.Broker;
using Mpp.Messaging.Database;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Tables;
using Mpp.Messaging.Telemetry;
using Mpp.Messaging.Writes;

namespace Mpp.Messaging.Inbox;

/// <summary>
/// One delivery is one transaction: the inbox row, what the consumer wrote and what it sent are saved together and
/// committed together. MassTransit calls this for every attempt, in a fresh scope, inside the retries and around the
/// consumer.
/// </summary>
/// <remarks>
/// The inbox row goes in with the messages, in one round trip after the consumer. A duplicate fails on its key, or it
/// fails in another way and is then found in the inbox. Queues with <see cref="QueueConfigurator.ClaimFirst"/> ask
/// before the consumer runs. Queues that are consumed in batches ask in their <see cref="Lane{TDbContext}"/>, as long
/// as nothing fails.
/// </remarks>
internal sealed class InboxContextFactory<TDbContext>(
    TDbContext database,
    PendingWrites<TDbContext> writes,
    DatabaseGate gate,
    RelaySignal signal,
    QueueTable queues,
    Lanes<TDbContext> lanes,
    Sender sender,
    MessagingMeters meters,
    TimeProvider time,
    IServiceProvider services) : IOutboxContextFactory<TDbContext>
    where TDbContext : DbContext
{
    private static readonly ConcurrentDictionary<(Guid, string), string> Consumers = new();

    public async Task Send<T>(
        ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next) where T : class
    {
        var started = Stopwatch.GetTimestamp();
        var messageId = context.MessageId
            ?? throw new MessageException(typeof(T), "A message without an id cannot be told from its duplicate.");
        var queue = Path.GetFileName(context.ReceiveContext.InputAddress.AbsolutePath);
        var consumer = Consumers.GetOrAdd((options.ConsumerId, queue), _ => $"{queue}/{options.ConsumerType}");
        var inbox =
            new InboxRow { MessageId = messageId, Consumer = consumer, ProcessedAt = InboxCleanup.Clock.GetUtcNow() };
        try
        {
            sender.Verify(context, queues.SendersOf(queue, typeof(T)));
            if (await ConsumeAsync(context, options, next, inbox, queue))
            {
                return;
            }
        }
        catch (ForeignSenderException)
        {
            meters.Foreign(queue);
            throw;
        }
        catch (Exception fault) when (fault is not AloneException
            && (fault is not OperationCanceledException || !context.CancellationToken.IsCancellationRequested))
        {
            if (DatabaseGate.IsConnectionFault(fault))
            {
                await gate.WaitAsync(context.CancellationToken);
                throw;
            }

            // The consumer may have met its own earlier effects (a key that exists, a state that has moved on) before
            // it came to its inbox row.
            if (!await IsConsumedAsync(inbox, context.CancellationToken))
            {
                throw;
            }
        }

        meters.Duplicate(queue);
        if (context.ReceiveContext is { IsDelivered: false, IsFaulted: false })
        {
            // Without this MassTransit takes the message for one that nobody wanted, and moves it to the skipped queue.
            await context.NotifyConsumed(context, Stopwatch.GetElapsedTime(started), options.ConsumerType);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");

    /// <returns>False when the message is a duplicate.</returns>
    /// <exception cref="AloneException">The message must be consumed in a scope of its own.</exception>
    private async Task<bool> ConsumeAsync<T>(
        ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next,
        InboxRow inbox, string queue)
        where T : class
    {
        if (lanes.Of(queue) is not { } lane)
        {
            return await ConsumeAloneAsync(context, options, next, inbox, queues.ClaimsFirst(queue));
        }

        if (!context.TryGetPayload(out Turn? turn) || turn.IsOver
            || lanes.KeyOf(queue, context.Message) is not { } key)
        {
            using var place = await lane.AloneAsync(context.CancellationToken);
            return await ConsumeAloneAsync(context, options, next, inbox, claimFirst: false);
        }

        return await lane.EnterAsync(new Delivery<TDbContext>(
            context.Message, key, context.ReceiveContext.Body.Length ?? 0, inbox, services, database, writes,
            () => RunAsync(context, options, next), context.CancellationToken)) switch
        {
            Fate.Done => true,
            Fate.Duplicate => false,
            _ => throw new AloneException(),
        };
    }

    private Task RunAsync<T>(
        ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next) where T : class =>
        next.Send(new InboxConsumeContext<T>(context, options, services, writes.Add, time));

    /// <returns>False when the message is a duplicate.</returns>
    private async Task<bool> ConsumeAloneAsync<T>(
        ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next,
        InboxRow inbox, bool claimFirst)
        where T : class
    {
        await using var transaction = await database.Database.BeginTransactionAsync(
            IsolationLevel.ReadCommitted, context.CancellationToken);
        // A savepoint would cost two round trips per save; a consumer that wants to survive a failed save turns them on
        // again itself.
        database.Database.AutoSavepointsEnabled = false;
        if (claimFirst && !await ClaimAsync(inbox, context.CancellationToken))
        {
            return false;
        }

        writes.BeginConsumer(claimFirst ? null : inbox);
        await RunAsync(context, options, next);
        try
        {
            await writes.FlushAsync(context.CancellationToken);
        }
        catch (PostgresException fault) when (IsDuplicate(fault))
        {
            return false;
        }

        if (database.ChangeTracker.HasChanges())
        {
            await database.SaveChangesAsync(context.CancellationToken);
        }

        await transaction.CommitAsync(context.CancellationToken);
        if (writes.HasSent)
        {
            signal.Wake();
        }

        return true;
    }

    private async Task<bool> ClaimAsync(InboxRow inbox, CancellationToken cancellationToken) =>
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO inbox (message_id, consumer, processed_at)
            VALUES ({inbox.MessageId}, {inbox.Consumer}, {inbox.ProcessedAt})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken) == 1;

    private async Task<bool> IsConsumedAsync(InboxRow inbox, CancellationToken cancellationToken)
    {
        if (database.Database.CurrentTransaction is not null)
        {
            return false;
        }

        return await database.Database
            .SqlQuery<int>(
                $"""
                SELECT 1 AS "Value" FROM inbox
                WHERE message_id = {inbox.MessageId} AND consumer = {inbox.Consumer}
                """)
            .AnyAsync(cancellationToken);
    }

    private static bool IsDuplicate(PostgresException fault) =>
        fault is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: InboxRow.Key };
}
