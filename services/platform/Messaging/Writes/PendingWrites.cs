using Microsoft.EntityFrameworkCore.Storage;
using Mpp.Messaging.Tables;

namespace Mpp.Messaging.Writes;

/// <summary>
/// What a scope writes beside its DbContext, in one batch right before it saves: timers, whose upserts have no place in
/// EF's change tracker; a service's own statements; and, in a consumer, inbox and outbox rows, which would cost more in
/// the change tracker than in PostgreSQL.
/// </summary>
internal sealed class PendingWrites<TDbContext>(
    TDbContext database, WritesInterceptor interceptor) : IBatchedWrites, IPendingWrites, IDisposable
    where TDbContext : DbContext
{
    private readonly Lock _gate = new();
    private readonly List<NpgsqlBatchCommand> _statements = [];

    /// <summary>Null: dropped. The last word on a timer is the one that counts.</summary>
    private readonly Dictionary<(Guid Owner, string Name), TimerRow?> _timers = [];

    private bool _inConsumer;

    /// <summary>True when a consumer sent or published something.</summary>
    public bool HasSent { get; private set; }

    public bool Any => _statements.Count > 0 || _timers.Count > 0;

    /// <summary>
    /// From now on everything waits for <see cref="FlushAsync"/>, which the consumer's pipeline calls. The inbox row
    /// goes first: a duplicate fails on it before anything else.
    /// </summary>
    public void BeginConsumer(InboxRow? inbox)
    {
        _inConsumer = true;
        if (inbox is not null)
        {
            _statements.Add(WriteSql.Insert(inbox));
        }
    }

    /// <summary>A statement of the inbox's, in a consumer.</summary>
    public void Add(NpgsqlBatchCommand statement) => _statements.Add(statement);

    /// <summary>A message that a consumer sends; it may do so from several tasks at once.</summary>
    public void Add(OutboxRow row)
    {
        var insert = WriteSql.Insert(row);
        lock (_gate)
        {
            _statements.Add(insert);
            HasSent = true;
        }
    }

    /// <summary>Sets a timer, or drops it.</summary>
    public Task WriteAsync(Guid owner, string name, TimerRow? row, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _timers[(owner, name)] = row;
        }

        return AddedAsync(cancellationToken);
    }

    public Task WriteAsync(IEnumerable<NpgsqlBatchCommand> statements, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _statements.AddRange(statements);
        }

        return AddedAsync(cancellationToken);
    }

    /// <summary>Writes what is pending on the DbContext's connection and transaction.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (!Any)
        {
            return;
        }

        await FlushTogetherAsync([this], database, cancellationToken);
        interceptor.Forget(database);
    }

    /// <summary>Writes what is pending of several scopes in one round trip, in their order.</summary>
    /// <param name="all">The pending writes of the scopes.</param>
    /// <param name="database">The context whose connection and transaction they share.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task FlushTogetherAsync(
        IReadOnlyList<PendingWrites<TDbContext>> all, TDbContext database, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)database.Database.GetDbConnection(),
            (NpgsqlTransaction?)database.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var statement in all.SelectMany(writes => writes.Take()))
        {
            batch.BatchCommands.Add(statement);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private NpgsqlBatchCommand[] Take()
    {
        NpgsqlBatchCommand[] statements =
        [
            .. _statements,
            .. _timers.Select(timer => timer.Value is { } row
                ? TimerSql.SetCommand(row)
                : TimerSql.DropCommand(timer.Key.Owner, timer.Key.Name)),
        ];
        _statements.Clear();
        _timers.Clear();
        return statements;
    }

    public void Dispose() => interceptor.Forget(database);

    private Task AddedAsync(CancellationToken cancellationToken)
    {
        if (_inConsumer)
        {
            return Task.CompletedTask;
        }

        // A transaction of the caller's own may end without another save.
        if (database.Database.CurrentTransaction is not null)
        {
            return FlushAsync(cancellationToken);
        }

        interceptor.Remember(database, this);
        return Task.CompletedTask;
    }
}
