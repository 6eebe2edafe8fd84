using Mpp.Hosting.Clock;

namespace Mpp.Agency.Steps;

internal sealed class AgencySteps<TDbContext>(
    TDbContext database, ICommandSender sender, TimeProvider time) : IAgencySteps
    where TDbContext : DbContext
{
    public async Task AnswerAsync(StepRef step, StepAnswer answer, CancellationToken cancellationToken)
    {
        var row = await database.Set<StepRow>()
            .FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken)
            ?? throw new StepNotInHandException(step, state: null);
        if (IsRepeated(row, step, answer))
        {
            return;
        }

        if (row.IsAnswered)
        {
            throw new StepNotInHandException(step, row.State);
        }

        var (stored, message) = StoredAnswer.Of(step, answer, time.Now());
        row.Give(stored);
        await StoredAnswer.SendAsync(sender, message, cancellationToken);
    }

    private static bool IsRepeated(StepRow row, StepRef step, StepAnswer answer)
    {
        if (row is not { Rejected: null, AnsweredAt: { } before })
        {
            return false;
        }

        // The time is part of what is stored, so it must be that of the earlier answer.
        var repeated = StoredAnswer.Of(step, answer, before).Stored;
        return repeated.State == row.State && repeated.Says(row.AnswerKind, row.Answer);
    }
}
