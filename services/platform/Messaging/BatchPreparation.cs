namespace Mpp.Messaging;

/// <summary>
/// Locks and reads, in one round trip for all deliveries that wait together, what each consumer would otherwise lock
/// and read for itself. Such a queue is consumed in batches: one transaction at a time, for as many messages as have
/// come while the one before was in work. A consumer sees only one difference: <see cref="Prepared{TKey, TValue}"/> has
/// its value already.
/// </summary>
/// <typeparam name="TKey">The key, which two messages of one batch never share: the second would get what was read
/// before the first wrote.</typeparam>
/// <typeparam name="TValue">What a consumer gets.</typeparam>
public abstract class BatchPreparation<TKey, TValue> : BatchPreparation
    where TKey : notnull
{
    /// <summary>Gives the key of what a message is about.</summary>
    /// <param name="message">A message of the queue.</param>
    /// <param name="key">Its key.</param>
    /// <returns>False when it has none: such messages are consumed one by one, each in a transaction of its
    /// own.</returns>
    public abstract bool TryKey(object message, out TKey key);

    /// <summary>
    /// Statements that lock and read, in the transaction of the batch. They take their locks in an order that does not
    /// depend on the order of the keys: another process may lock some of the same rows.
    /// </summary>
    /// <param name="keys">The keys of a batch, each once.</param>
    public abstract IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<TKey> keys);

    /// <summary>Reads what the statements gave.</summary>
    /// <param name="reader">At the first result.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>By key; a key that has nothing may be left out.</returns>
    public abstract Task<IReadOnlyDictionary<TKey, TValue>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken);

    internal sealed override object? KeyOf(object message) => TryKey(message, out var key) ? key : null;

    internal sealed override IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<object> keys) =>
        Statements([.. keys.Cast<TKey>()]);

    internal sealed override async Task ReadAsync(
        NpgsqlDataReader reader, IReadOnlyList<(object Key, IServiceProvider Scope)> deliveries,
        CancellationToken cancellationToken)
    {
        var values = await ReadAsync(reader, cancellationToken);
        foreach (var (key, scope) in deliveries)
        {
            ((Prepared<TKey, TValue>)scope.GetService(typeof(Prepared<TKey, TValue>))!).Set(
                (TKey)key, values.GetValueOrDefault((TKey)key));
        }
    }
}

/// <summary>A <see cref="BatchPreparation{TKey, TValue}"/>, whatever its keys are.</summary>
public abstract class BatchPreparation
{
    private protected BatchPreparation()
    {
    }

    /// <summary>
    /// Reads what it takes the messages themselves to know, in the transaction of the batch, after the statements.
    /// Unless overridden, nothing.
    /// </summary>
    /// <param name="reader">Services whose DbContext is in the transaction. It is a consumer's too: what it would track
    /// is not tracked for anybody else.</param>
    /// <param name="deliveries">The messages that are not duplicates, each with its own consumer's services.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Task ReadMoreAsync(
        IServiceProvider reader, IReadOnlyList<(object Message, IServiceProvider Scope)> deliveries,
        CancellationToken cancellationToken) => Task.CompletedTask;

    internal abstract object? KeyOf(object message);

    internal abstract IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<object> keys);

    internal abstract Task ReadAsync(
        NpgsqlDataReader reader, IReadOnlyList<(object Key, IServiceProvider Scope)> deliveries,
        CancellationToken cancellationToken);
}

/// <summary>What a batch has read for this delivery. Empty for a delivery that is consumed alone.</summary>
public sealed class Prepared<TKey, TValue>
    where TKey : notnull
{
    private (TKey Key, TValue? Value)? _prepared;

    /// <summary>
    /// Takes what was read for a key. It can be taken once: after that the consumer may have changed it.
    /// </summary>
    /// <param name="key">What the consumer asks for.</param>
    /// <param name="value">Default when there is nothing under this key.</param>
    /// <returns>False when nothing was read for this key, or it has been taken.</returns>
    public bool TryTake(TKey key, out TValue? value)
    {
        var prepared = _prepared;
        _prepared = null;
        value = default;
        if (prepared is not { } known || !known.Key.Equals(key))
        {
            return false;
        }

        value = known.Value;
        return true;
    }

    internal void Set(TKey key, TValue? value) => _prepared = (key, value);
}
