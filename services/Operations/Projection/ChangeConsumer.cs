using System.Diagnostics;
using MassTransit;
using Mpp.Messaging;
using Mpp.Operations.Live;

namespace Mpp.Operations.Projection;

/// <summary>Follows the applications by what the coordinator tells everybody.</summary>
internal sealed class ChangeConsumer(IBatchedWrites writes, IAfterCommit afterCommit, LiveSignal live)
    : IConsumer<ApplicationChanged>
{
    public async Task Consume(ConsumeContext<ApplicationChanged> context)
    {
        var change = context.Message;
        if (change.SubmittedAt is null)
        {
            return; // from a coordinator of an earlier version; CatchUp asks for what it did not say
        }

        Activity.Current?.SetTag(TelemetryTags.ApplicationRead, change.ApplicationNumber.Value);
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
            ? activity.TraceId.ToHexString()
            : null;
        await writes.WriteAsync(ChangeSql.Of(change, trace), context.CancellationToken);
        afterCommit.Do(live.Changed);
    }
}

/// <summary>What waits together is written in one transaction; two changes of an application never are.</summary>
internal sealed class ChangesTogether : BatchPreparation<Guid, object>
{
    public override bool TryKey(object message, out Guid key)
    {
        key = (message as ApplicationChanged)?.ApplicationId ?? Guid.Empty;
        return key != Guid.Empty;
    }

    /// <summary>Nothing needs to be read first: the statements check the sequence themselves.</summary>
    public override IEnumerable<Npgsql.NpgsqlBatchCommand> Statements(IReadOnlyList<Guid> keys) => [];

    public override Task<IReadOnlyDictionary<Guid, object>> ReadAsync(
        Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, object>>(new Dictionary<Guid, object>());
}
