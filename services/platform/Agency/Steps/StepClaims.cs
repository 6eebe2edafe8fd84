using Mpp.Contracts.Payments;
using Npgsql;

namespace Mpp.Agency.Steps;

/// <summary>Claims the steps of a batch of messages together.</summary>
internal sealed class StepClaims : BatchPreparation<StepRef, KnownStep?>
{
    public override bool TryKey(object message, out StepRef key)
    {
        var step = message switch
        {
            StepRequest m => m.Step,
            FeePaid m => m.Step,
            StepDeemedGranted m => m.Step,
            StepDeadlineExtended m => m.Step,
            CancelStep m => m.Step,
            EraseStep m => m.Step,
            ReplyRejected m => m.Step,
            _ => (StepRef?)null,
        };
        key = step.GetValueOrDefault();
        return key.StepId is not null;
    }

    public override IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<StepRef> keys) =>
        StepStore.ClaimStatements(keys);

    public override async Task<IReadOnlyDictionary<StepRef, KnownStep?>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await StepStore.ReadAsync(reader, cancellationToken);
}
