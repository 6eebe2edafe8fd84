using Mpp.Contracts.Payments;
using Mpp.Hosting.Clock;

namespace Mpp.Agency.Steps;

/// <summary>
/// Goes on with a step that the agency has: its fee is paid, or the law has granted it (UU 30/2014 art. 53). The
/// service is called once more, now to issue; a repeated message is answered again. What nobody here can mend is
/// thrown: the message goes to the error queue, where an operator sees it.
/// </summary>
internal sealed class ContinueStepConsumer<TDbContext>(
    TDbContext database, StepRows<TDbContext> rows, AgencyServices services, StepWorker worker,
    ICommandSender sender, TimeProvider time, ILogger<ContinueStepConsumer<TDbContext>> logger)
    : IConsumer<FeePaid>, IConsumer<StepDeemedGranted>
    where TDbContext : DbContext
{
    private enum Next
    {
        Perform,
        AnswerAgain,
        AwaitStep,
        Ignore,
    }

    public Task Consume(ConsumeContext<FeePaid> context) =>
        ContinueAsync(context.Message.Step, "fee", row => After(row, context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<StepDeemedGranted> context) =>
        ContinueAsync(
            context.Message.Step, "grant by law", row => After(row, context.Message), context.CancellationToken);

    private static Next After(StepRow? row, FeePaid message)
    {
        switch (row)
        {
            case { State: StepState.Cancelled or StepState.Erased }:
                return Next.Ignore;
            case { Paid: not null } or { State: StepState.Completed or StepState.Refused }:
                return Next.AnswerAgain;
            case { State: StepState.AwaitingPayment } when Asked(row) == message.AmountRupiah:
                row.Paid = JsonSerializer.Serialize(message);
                return Next.Perform;
            default:
                throw new InvalidOperationException(
                    $"{message.AmountRupiah} rupiah are paid for {Describe(message.Step)}, "
                        + "which did not ask for them.");
        }
    }

    /// <summary>
    /// A grant that overtakes its step is remembered, and the step is issued when it comes. A refusal that crossed the
    /// grant left no inputs behind: an officer of the agency issues.
    /// </summary>
    private Next After(StepRow? row, StepDeemedGranted message)
    {
        switch (row)
        {
            case null:
                database.Add(StepRow.For(message.Step, message.Service, time.GetUtcNow(), StepState.DeemedGranted))
                    .Entity.BoundByLaw = message.DueAt;
                return Next.AwaitStep;
            case { State: StepState.DeemedGranted }:
                return Next.AwaitStep;
            case { State: StepState.Cancelled or StepState.Erased }:
                return Next.Ignore;
            case { State: StepState.Completed }:
                return Next.AnswerAgain;
            case { State: StepState.Refused }:
                throw new InvalidOperationException(
                    $"{message.Service} refused {Describe(message.Step)}, "
                    + $"but the limit of {message.DueAt:O} passed before: "
                    + "a refusal no longer counts (UU 30/2014 art. 53).");
            default:
                row.BoundByLaw = message.DueAt;
                return Next.Perform;
        }
    }

    private async Task ContinueAsync(
        StepRef step, string cause, Func<StepRow?, Next> judge, CancellationToken cancellationToken)
    {
        var known = await rows.ClaimAsync(step, cancellationToken);
        var service = known?.Service ?? services.Agency;
        using var activity = AgencyTelemetry.Start("continue", services.Agency, service, step);
        var row = await database.Set<StepRow>()
            .FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken);
        AgencyTelemetry.Tag(row?.ApplicationNumber, row?.Region);
        var outcome = judge(row) switch
        {
            Next.Ignore => row!.State == StepState.Erased ? "ignored-erased" : "ignored-cancelled",
            Next.AwaitStep => "awaits-its-step",
            Next.AnswerAgain => await AnswerAgainAsync(row!, cancellationToken),
            _ => await PerformAsync(row!, cancellationToken),
        };
        AgencyTelemetry.LogContinued(
            logger, step.ApplicationId, step.StepId, step.Attempt, service, cause, outcome);
    }

    private async Task<string> AnswerAgainAsync(StepRow row, CancellationToken cancellationToken)
    {
        await StoredAnswer.SendAsync(sender, StoredAnswer.Read(row.AnswerKind!, row.Answer!), cancellationToken);
        return "answered-again";
    }

    private async Task<string> PerformAsync(StepRow row, CancellationToken cancellationToken)
    {
        var answer = await worker.AnswerAsync(StepWork.Of(row), cancellationToken);
        var (stored, reply) = StoredAnswer.Of(row.Step, answer, time.Now());
        row.Give(stored);
        await StoredAnswer.SendAsync(sender, reply, cancellationToken);
        return stored.Kind;
    }

    private static long Asked(StepRow row) =>
        ((FeeRequested)StoredAnswer.Read(row.AnswerKind!, row.Answer!)).AmountRupiah;

    private static string Describe(StepRef step) =>
        $"step {step.StepId}, attempt {step.Attempt}, of application {step.ApplicationId}";
}
