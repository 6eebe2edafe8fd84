using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Mpp.Contracts.Steps;
using Mpp.Hosting.Clock;
using Mpp.Messaging;

namespace Mpp.Agency.Steps;

/// <summary>
/// The law has granted a step (UU 30/2014 art. 53): the service is called once more, now to issue. A grant that overtakes its step is
/// remembered, and the step is issued when it comes. A step that is completed is answered again. A refusal that crossed the grant left
/// no inputs behind: the message goes to the error queue, and an officer of the agency issues.
/// </summary>
internal sealed class StepDeemedGrantedConsumer<TDbContext>(
    TDbContext database,
    AgencyServices services,
    StepWorker worker,
    ICommandSender sender,
    TimeProvider clock,
    ILogger<StepDeemedGrantedConsumer<TDbContext>> logger) : IConsumer<StepDeemedGranted>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<StepDeemedGranted> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var step = message.Step;
        using var activity = AgencyTelemetry.Start("grant", services.Agency, message.Service, step, number: null);

        await StepStore.ClaimAsync(database, step, cancellationToken);
        var row = await database.Set<StepRow>().FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken);
        var outcome = await GrantAsync(row, message, cancellationToken);
        AgencyTelemetry.LogContinued(logger, step.ApplicationId, step.StepId, step.Attempt, message.Service, "grant by law", outcome);
    }

    private async Task<string> GrantAsync(StepRow? row, StepDeemedGranted message, CancellationToken cancellationToken)
    {
        switch (row)
        {
            case null:
                Remember(message);
                return "awaits-its-step";
            case { State: StepState.Granted }:
                return "awaits-its-step";
            case { State: StepState.Cancelled }:
                return "ignored-cancelled";
            case { State: StepState.Completed }:
                await StoredAnswer.SendAsync(sender, StoredAnswer.Read(row.AnswerKind!, row.Answer!), cancellationToken);
                return "answered-again";
            case { State: StepState.Rejected }:
                throw new InvalidOperationException(
                    $"{message.Service} refused step {row.StepId}, attempt {row.Attempt}, of application {row.ApplicationId}, but the limit of {message.DueAt:O} passed before: a refusal no longer counts (UU 30/2014 art. 53).");
        }

        row.BoundByLaw = message.DueAt;
        var (stored, reply) = StoredAnswer.Of(message.Step, await worker.AnswerAsync(StepWork.Of(row), cancellationToken), clock.Now());
        row.Give(stored);
        await StoredAnswer.SendAsync(sender, reply, cancellationToken);
        return stored.Kind;
    }

    private void Remember(StepDeemedGranted message) =>
        database.Add(StepRow.For(message.Step, message.Service, clock.GetUtcNow(), StepState.Granted)).Entity.BoundByLaw = message.DueAt;
}
