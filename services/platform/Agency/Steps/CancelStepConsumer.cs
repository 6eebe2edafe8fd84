namespace Mpp.Agency.Steps;

/// <summary>
/// Cancels or withdraws a step. A step that never came is remembered as cancelled, so that it is ignored when it comes
/// after all. A step that is already cancelled gets the same answer again. A refusal to cancel is not remembered: the
/// service is asked again.
/// </summary>
internal sealed class CancelStepConsumer<TDbContext>(
    TDbContext database,
    StepRows<TDbContext> rows,
    AgencyServices services,
    IServiceProvider scope,
    ICommandSender sender,
    TimeProvider time,
    ILogger<CancelStepConsumer<TDbContext>> logger) : IConsumer<CancelStep>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<CancelStep> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var step = message.Step;
        using var activity = AgencyTelemetry.Start("cancel", services.Agency, message.Service, step);

        await rows.ClaimAsync(step, cancellationToken);
        var row = await database.Set<StepRow>()
            .FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken);
        AgencyTelemetry.Tag(row?.ApplicationNumber, row?.Region);
        if (row is { State: StepState.Erased })
        {
            // Nobody waits for the answer, and the data for it are gone.
            AgencyTelemetry.LogCancellation(
                logger, step.ApplicationId, step.StepId, step.Attempt, message.Service, "ignored-erased");
            return;
        }

        var answer = await AnswerAsync(row, message, cancellationToken);
        if (answer.Reasons.Count > 0)
        {
            await StoredAnswer.SendAsync(
                sender, new StepCancellationRefused { Step = step, Reasons = answer.Reasons }, cancellationToken);
        }
        else
        {
            await StoredAnswer.SendAsync(sender, new StepCancelled { Step = step }, cancellationToken);
            Remember(row, message);
        }

        AgencyTelemetry.LogCancellation(logger, step.ApplicationId, step.StepId, step.Attempt, message.Service,
            answer.Reasons.Count > 0 ? "refused" : "cancelled");
    }

    /// <summary>There is nothing to cancel of a step that never came, was cancelled already, or was refused.</summary>
    private async Task<CancelAnswer> AnswerAsync(StepRow? row, CancelStep message, CancellationToken cancellationToken)
    {
        if (row is null or { State: StepState.Cancelled or StepState.Refused or StepState.DeemedGranted })
        {
            return CancelAnswer.Done;
        }

        var completed = row.State == StepState.Completed
            ? ((StepCompleted)StoredAnswer.Read(row.AnswerKind!, row.Answer!)).Outputs
            : (JsonElement?)null;
        // Only a step that never came has no region, and that one is not cancelled here.
        var today = time.Today(row.Region!.Value);
        return await services.Create(row.Service, scope)
            .CancelAsync(new StepCancellation(message.Step, today, message.Reason, completed), cancellationToken);
    }

    private void Remember(StepRow? row, CancelStep message)
    {
        row ??= database.Add(StepRow.For(message.Step, message.Service, time.GetUtcNow(), StepState.Cancelled)).Entity;
        row.State = row.State == StepState.Refused ? StepState.Refused : StepState.Cancelled;
        row.Inputs = null;
    }
}
