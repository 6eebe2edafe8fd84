using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Mpp.Agency.Inputs;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Messaging;

namespace Mpp.Agency.Steps;

/// <summary>
/// Does a step once for each (application, step, attempt), however often and with whatever message id it is asked for, and sends the
/// same answer each time. Inbox, register entries, answer and reply are one transaction, which messaging opens and commits.
/// </summary>
internal sealed class PerformStepConsumer<TDbContext>(
    TDbContext database,
    AgencyServices services,
    IServiceProvider scope,
    ICommandSender sender,
    TimeProvider clock,
    ILogger<PerformStepConsumer<TDbContext>> logger) : IConsumer<PerformStep>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<PerformStep> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var (started, receivedAt) = (clock.GetTimestamp(), clock.GetUtcNow());
        using var activity = AgencyTelemetry.Start("perform", services.Agency, message.Service, message.Step, message.ApplicationNumber);

        if (await StepStore.ClaimAsync(database, message.Step, cancellationToken) is { } known)
        {
            await AnswerAgainAsync(known, cancellationToken);
            Record(known.State == StepState.Cancelled ? "ignored-cancelled" : "answered-again");
            return;
        }

        var service = services.Create(message.Service, scope);
        var (stored, reply) = StoredAnswer.Of(message.Step, await AnswerAsync(service, message, cancellationToken));
        database.Add(new StepRow
        {
            ApplicationId = message.Step.ApplicationId,
            StepId = message.Step.StepId,
            Attempt = message.Step.Attempt,
            Service = message.Service,
            ApplicationNumber = message.ApplicationNumber,
            Region = message.Region,
            ReceivedAt = receivedAt,
            DueAt = message.DueAt,
            State = stored.State,
            AnswerKind = stored.Kind,
            Answer = stored.Json,
            AnsweredAt = clock.GetUtcNow(),
        });
        await StoredAnswer.SendAsync(sender, reply, cancellationToken);
        Record(stored.Kind);

        void Record(string outcome)
        {
            var elapsed = clock.GetElapsedTime(started);
            activity?.SetTag("mpp.outcome", outcome);
            AgencyTelemetry.Record(elapsed, message.Service, outcome);
            AgencyTelemetry.LogAnswer(
                logger, message.ApplicationNumber.Value, message.Step.StepId, message.Step.Attempt, message.Service, outcome, elapsed.TotalMilliseconds);
        }
    }

    private async Task<StepAnswer> AnswerAsync(IAgencyService service, PerformStep message, CancellationToken cancellationToken)
    {
        var (input, faults) = InputReader.Read(message.Inputs, service.InputType);
        return input is null
            ? new StepAnswer.Rejected([.. faults.Select(f => f.ToReason())])
            : await service.PerformAsync(message, clock.Today(message.Region), input, cancellationToken);
    }

    /// <summary>A step that was cancelled is not answered: the coordinator has heard so already, or will.</summary>
    private Task AnswerAgainAsync(KnownStep known, CancellationToken cancellationToken) => known switch
    {
        { State: StepState.Cancelled } => Task.CompletedTask,
        { AnswerKind: { } kind, Answer: { } json } => StoredAnswer.SendAsync(sender, StoredAnswer.Read(kind, json), cancellationToken),
        _ => throw new InvalidOperationException("The steps table holds a step without an answer."),
    };
}
