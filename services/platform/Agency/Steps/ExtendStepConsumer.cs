namespace Mpp.Agency.Steps;

/// <summary>
/// The agency has until another time for a step. A step that it has not been asked for yet, or no longer has, is not
/// touched: a request that comes after this names the time itself.
/// </summary>
internal sealed class ExtendStepConsumer<TDbContext>(
    TDbContext database, StepRows<TDbContext> rows, AgencyServices services)
    : IConsumer<StepDeadlineExtended>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<StepDeadlineExtended> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var step = message.Step;
        using var activity = AgencyTelemetry.Start("extend", services.Agency, message.Service, step);
        await rows.ClaimAsync(step, cancellationToken);
        if (await database.Set<StepRow>().FindAsync(
            [step.ApplicationId, step.StepId, step.Attempt], cancellationToken)
            is { State: not (StepState.Cancelled or StepState.Erased) } row)
        {
            AgencyTelemetry.Tag(row.ApplicationNumber, row.Region);
            row.DueAt = message.DueAt;
        }
    }
}
