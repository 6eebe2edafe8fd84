using Microsoft.EntityFrameworkCore;
using Mpp.Contracts.Steps;
using Mpp.Messaging;

namespace Mpp.Agency.Steps;

internal sealed class AgencySteps<TDbContext>(TDbContext database, ICommandSender sender, TimeProvider clock) : IAgencySteps
    where TDbContext : DbContext
{
    public async Task AnswerAsync(StepRef step, StepAnswer answer, CancellationToken cancellationToken)
    {
        var row = await database.Set<StepRow>().FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken)
            ?? throw new StepNotInHandException(step, state: null);
        var (stored, message) = StoredAnswer.Of(step, answer);
        if (stored.Says(row.AnswerKind, row.Answer) && row.State == stored.State)
        {
            return;
        }

        if (row.IsFinal || row.State == StepState.Granted)
        {
            throw new StepNotInHandException(step, row.State);
        }

        row.Give(stored, clock.GetUtcNow());
        await StoredAnswer.SendAsync(sender, message, cancellationToken);
    }
}
