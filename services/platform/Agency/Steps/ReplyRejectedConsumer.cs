namespace Mpp.Agency.Steps;

/// <summary>
/// Keeps why the mall rejected an answer. The step is open again for <see cref="IAgencySteps.AnswerAsync"/>; what the
/// service has written into its registers stands.
/// </summary>
internal sealed class ReplyRejectedConsumer<TDbContext>(
    TDbContext database, StepRows<TDbContext> rows, AgencyServices services,
    ILogger<ReplyRejectedConsumer<TDbContext>> logger)
    : IConsumer<ReplyRejected>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<ReplyRejected> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var step = message.Step;
        using var activity = AgencyTelemetry.Start("reject", services.Agency, message.Service, step);

        await rows.ClaimAsync(step, cancellationToken);
        var row = await database.Set<StepRow>()
            .FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken);
        AgencyTelemetry.Tag(row?.ApplicationNumber, row?.Region);
        // Otherwise another answer was given meanwhile, or nothing is left of the step.
        if (row is { State: not (StepState.Cancelled or StepState.Erased) } && row.AnswerKind == message.Reply)
        {
            row.Rejected = StoredAnswer.Faults(message.Faults);
        }

        AgencyTelemetry.LogRejected(
            logger, step.ApplicationId, step.StepId, step.Attempt, message.Service, message.Reply,
            string.Join(", ", message.Faults.Select(f => $"{f.Pointer} {f.Code}")));
    }
}
