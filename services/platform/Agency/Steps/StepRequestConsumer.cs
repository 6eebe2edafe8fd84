using Mpp.Hosting.Clock;

namespace Mpp.Agency.Steps;

/// <summary>
/// Does a step once for each (application, step, attempt), however often and with whatever message id it is asked for,
/// and sends the same answer each time. Inbox, register entries, answer and reply are one transaction, which messaging
/// opens and commits.
/// </summary>
internal sealed class StepRequestConsumer<TDbContext>(
    TDbContext database,
    StepRows<TDbContext> rows,
    AgencyServices services,
    StepWorker worker,
    ICommandSender sender,
    IAfterCommit afterCommit,
    TimeProvider time,
    ILogger<StepRequestConsumer<TDbContext>> logger) : IConsumer<StepRequest>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<StepRequest> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var step = message.Step;
        var (started, receivedAt) = (time.GetTimestamp(), time.GetUtcNow());
        using var activity = AgencyTelemetry.Start(
            "perform", services.Agency, message.Service, message.Step);
        AgencyTelemetry.Tag(message.ApplicationNumber, message.Region);

        var known = await rows.ClaimAsync(message.Step, cancellationToken);
        if (known is { State: not StepState.DeemedGranted } answered)
        {
            await AnswerAgainAsync(answered, cancellationToken);
            Record(answered.State switch
            {
                StepState.Cancelled => "ignored-cancelled",
                StepState.Erased => "ignored-erased",
                _ => "answered-again",
            });
            return;
        }

        // A grant that overtook its step has left a row.
        var granted = known is null
            ? null
            : await database.Set<StepRow>()
                .FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken);
        var work = StepWork.Of(message) with { BoundByLaw = granted?.BoundByLaw };
        var (stored, reply) = StoredAnswer.Of(step, await worker.AnswerAsync(work, cancellationToken), time.Now());
        if (step.Attempt > 1)
        {
            await StepStore.ForgetInputsBeforeAsync(database, step, cancellationToken);
        }

        var row = granted ?? StepRow.For(step, message.Service, receivedAt, stored.State);
        (row.ApplicationNumber, row.Region, row.Channel, row.DueAt) =
            (message.ApplicationNumber, message.Region, message.Channel, message.DueAt);
        (row.Inputs, row.Corrected) = (message.Inputs.GetRawText(), JsonSerializer.Serialize(message.Corrected));
        row.Give(stored);
        if (granted is null)
        {
            await rows.AddAsync(row, cancellationToken);
        }

        await StoredAnswer.SendAsync(sender, reply, cancellationToken);
        Record(stored.Kind);

        void Record(string outcome)
        {
            var elapsed = time.GetElapsedTime(started);
            activity?.SetTag("mpp.outcome", outcome);
            afterCommit.Do(() => AgencyTelemetry.Record(elapsed, message.Service, outcome));
            AgencyTelemetry.LogAnswer(
                logger, message.ApplicationNumber.Value, step.StepId, step.Attempt, message.Service, outcome,
                elapsed.TotalMilliseconds);
        }
    }

    /// <summary>
    /// A step that was cancelled is not answered: the coordinator has heard so already, or will. For a step that is
    /// erased there is no answer left, and nobody waits for one: its application has ended.
    /// </summary>
    private Task AnswerAgainAsync(KnownStep known, CancellationToken cancellationToken) => known switch
    {
        { State: StepState.Cancelled or StepState.Erased } => Task.CompletedTask,
        { AnswerKind: { } kind, Answer: { } json } =>
            StoredAnswer.SendAsync(sender, StoredAnswer.Read(kind, json), cancellationToken),
        _ => throw new InvalidOperationException("The steps table holds a step without an answer."),
    };
}
