using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Tables;
using Mpp.Messaging.Telemetry;
using Mpp.Messaging.Writes;

namespace Mpp.Messaging.Batches;

/// <summary>
/// One transaction for all deliveries of a batch: their inbox rows and what is prepared for them in one round trip,
/// then one consumer after the other with its own scope, context and trace, then all that they send, and the commit.
/// Any fault rolls all of it back. A batch that takes too long commits what it has done, and leaves the rest.
/// </summary>
internal sealed partial class BatchRun<TDbContext>(
    string queue, BatchPreparation preparation, CommitInterceptor commits, RelaySignal signal, MessagingMeters meters,
    ILogger logger)
    where TDbContext : DbContext
{
    /// <summary>Runs a batch, and ends its deliveries.</summary>
    /// <param name="batch">At least one.</param>
    /// <param name="limit">After this time no other consumer is started.</param>
    /// <returns>False when it failed or took too long: deliveries that have not taken effect are then consumed
    /// alone.</returns>
    public async Task<bool> TryAsync(IReadOnlyList<Delivery<TDbContext>> batch, TimeSpan limit)
    {
        Fate[] fates;
        try
        {
            // A single message has all of this in its own trace.
            fates = batch is [var only] ? await only.InContextAsync(() => RunAsync(batch, limit))
                : await RunTogetherAsync(batch, limit);
        }
        catch (Exception fault)
        {
            meters.Consumed(queue, batch.Count, whole: false);
            if (batch.Count > 1)
            {
                Broken(logger, queue, batch.Count, fault.GetType().Name);
            }

            foreach (var delivery in batch)
            {
                delivery.End(Fate.Alone);
            }

            return false;
        }

        meters.Consumed(queue, fates.Count(fate => fate is not Fate.Alone), whole: true);
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].End(fates[i]);
        }

        return !fates.Contains(Fate.Alone);
    }

    /// <summary>What serves the whole batch is in a trace of its own, which links to those of its deliveries.</summary>
    private async Task<Fate[]> RunTogetherAsync(IReadOnlyList<Delivery<TDbContext>> batch, TimeSpan limit)
    {
        using var activity = MessagingMeters.Activities.StartActivity(
            ActivityKind.Internal, parentContext: default, name: $"{queue} batch",
            links: batch.Where(d => d.Trace != default).Select(d => new ActivityLink(d.Trace)));
        activity?.SetTag("messaging.batch.message_count", batch.Count);
        try
        {
            return await RunAsync(batch, limit);
        }
        catch
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private async Task<Fate[]> RunAsync(IReadOnlyList<Delivery<TDbContext>> batch, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        var first = batch[0].Database;
        await using var transaction = await first.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        var used = transaction.GetDbTransaction();
        var taken = await PrepareAsync(batch, (NpgsqlTransaction)used);
        var fresh = batch.Where(delivery => taken.Contains(delivery.Inbox.Id)).ToList();
        await preparation.ReadMoreAsync(
            batch[0].Scope, [.. fresh.Select(delivery => (delivery.Message, delivery.Scope))], CancellationToken.None);
        var guests = new List<IDbContextTransaction>();
        var (consumed, left) = (new List<Delivery<TDbContext>>(), new List<Delivery<TDbContext>>());
        try
        {
            foreach (var delivery in fresh)
            {
                if (consumed.Count > 0 && Stopwatch.GetElapsedTime(started) > limit)
                {
                    left.Add(delivery);
                    continue;
                }

                consumed.Add(delivery);
                if (delivery.Database != first)
                {
                    guests.Add(await InviteAsync(delivery.Database, used));
                }

                await ConsumeAsync(delivery);
            }

            if (left.Count > 0)
            {
                // Those that are left have not taken effect.
                consumed[0].Writes.Add(WriteSql.Delete([.. left.Select(delivery => delivery.Inbox)]));
            }

            await PendingWrites<TDbContext>.FlushTogetherAsync(
                [.. consumed.Select(d => d.Writes)], first, CancellationToken.None);
            await transaction.CommitAsync();
        }
        finally
        {
            foreach (var guest in guests)
            {
                await guest.DisposeAsync();
            }

            foreach (var delivery in consumed.Where(delivery => delivery.Database != first))
            {
                // Contexts are pooled: the next scope must find a connection of its own.
                delivery.Database.Database.SetDbConnection(null, contextOwnsConnection: true);
            }
        }

        foreach (var delivery in consumed.Where(delivery => delivery.Database != first))
        {
            commits.Tell(delivery.Database);
        }

        if (consumed.Exists(delivery => delivery.Writes.HasSent))
        {
            signal.Wake();
        }

        return [.. batch.Select(delivery => left.Contains(delivery) ? Fate.Alone
            : taken.Contains(delivery.Inbox.Id) ? Fate.Done : Fate.Duplicate)];
    }

    /// <returns>The inbox rows that were not there before.</returns>
    private async Task<HashSet<(Guid, string)>> PrepareAsync(
        IReadOnlyList<Delivery<TDbContext>> batch, NpgsqlTransaction transaction)
    {
        await using var statements = new NpgsqlBatch(transaction.Connection, transaction);
        statements.BatchCommands.Add(WriteSql.Insert([.. batch.Select(delivery => delivery.Inbox)]));
        foreach (var statement in preparation.Statements([.. batch.Select(delivery => delivery.Key)]))
        {
            statements.BatchCommands.Add(statement);
        }

        await using var reader = await statements.ExecuteReaderAsync();
        var taken = new HashSet<(Guid, string)>();
        while (await reader.ReadAsync())
        {
            taken.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        if (await reader.NextResultAsync())
        {
            await preparation.ReadAsync(
                reader, [.. batch.Select(delivery => (delivery.Key, delivery.Scope))], CancellationToken.None);
        }

        return taken;
    }

    private static async Task<IDbContextTransaction> InviteAsync(TDbContext database, DbTransaction transaction)
    {
        database.Database.SetDbConnection(transaction.Connection, contextOwnsConnection: false);
        return (await database.Database.UseTransactionAsync(transaction))!;
    }

    private static async Task ConsumeAsync(Delivery<TDbContext> delivery)
    {
        delivery.Cancellation.ThrowIfCancellationRequested();
        // A savepoint would cost two round trips per save.
        delivery.Database.Database.AutoSavepointsEnabled = false;
        delivery.Writes.BeginConsumer(inbox: null);
        await delivery.InContextAsync(delivery.Consume);
        // Saved now, so that the next consumer finds it.
        if (delivery.Database.ChangeTracker.HasChanges())
        {
            await delivery.Database.SaveChangesAsync(delivery.Cancellation);
        }
    }

    [LoggerMessage(EventId = 50, Level = LogLevel.Information,
        Message = "A batch of {Count} messages of {Queue} failed ({Fault}); each is consumed by itself.")]
    private static partial void Broken(ILogger logger, string queue, int count, string fault);
}
