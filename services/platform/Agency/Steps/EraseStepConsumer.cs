namespace Mpp.Agency.Steps;

/// <summary>
/// Erases what was kept of a step only for the protocol. A row stays, even for a step that never came, so that the step
/// is ignored when it comes after all. The mall does not erase what is in the agency's registers.
/// </summary>
internal sealed class EraseStepConsumer<TDbContext>(
    TDbContext database, StepRows<TDbContext> rows, AgencyServices services, TimeProvider time,
    ILogger<EraseStepConsumer<TDbContext>> logger)
    : IConsumer<EraseStep>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<EraseStep> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var step = message.Step;
        using var activity = AgencyTelemetry.Start("erase", services.Agency, message.Service, step);

        await rows.ClaimAsync(step, cancellationToken);
        var row = await database.Set<StepRow>()
            .FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken)
            ?? database.Add(StepRow.For(step, message.Service, time.GetUtcNow(), StepState.Erased)).Entity;
        AgencyTelemetry.Tag(row.ApplicationNumber, row.Region);
        row.Erase();
        AgencyTelemetry.LogErased(logger, step.ApplicationId, step.StepId, step.Attempt, message.Service);
    }
}
