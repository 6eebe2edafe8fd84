using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Contracts.Payments;
using Npgsql;

namespace Mpp.Applications.Coordination;

/// <summary>Locks and reads the applications of a batch of messages together.</summary>
internal sealed class ApplicationLocks : BatchPreparation<Guid, ApplicationState>
{
    public override bool TryKey(object message, out Guid key)
    {
        var id = message is ApplicationAlarm alarm ? alarm.ApplicationId : StepOf(message)?.ApplicationId;
        key = id.GetValueOrDefault();
        return id is not null;
    }

    public override IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<Guid> keys) =>
        ApplicationStore.LockStatements([.. keys]);

    public override async Task<IReadOnlyDictionary<Guid, ApplicationState>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await ApplicationStore.ReadAsync(reader, cancellationToken);

    private static StepRef? StepOf(object message) => message switch
    {
        StepAccepted m => m.Step,
        StepCompleted m => m.Step,
        StepRefused m => m.Step,
        CorrectionRequested m => m.Step,
        FeeRequested m => m.Step,
        StepCancelled m => m.Step,
        StepCancellationRefused m => m.Step,
        FeeBilled m => m.Step,
        FeePaid m => m.Step,
        FeeLapsed m => m.Step,
        FeeWithdrawn m => m.Step,
        FeePaidBack m => m.Step,
        _ => null,
    };
}
