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
        // What was said before has the time at which it was said.
        if (row is { Rejected: null, AnsweredAt: { } before }
            && StoredAnswer.Of(step, answer, before).Stored is var same
            && same.State == row.State && same.Says(row.AnswerKind, row.Answer))
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
}
