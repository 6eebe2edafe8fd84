using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Mpp.Contracts.Steps;
using Mpp.Hosting.Clock;
using Mpp.Messaging;

namespace Mpp.Agency.Steps;

/// <summary>
/// Goes on with a step whose fee is paid: the service is called once more, now to issue. The same settlement again is answered again. Money
/// for a step that did not ask for it, or for another amount, is an operator's matter: the message goes to the error queue.
/// </summary>
internal sealed class FeeSettledConsumer<TDbContext>(
    TDbContext database,
    AgencyServices services,
    StepWorker worker,
    ICommandSender sender,
    TimeProvider clock,
    ILogger<FeeSettledConsumer<TDbContext>> logger) : IConsumer<FeeSettled>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<FeeSettled> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var step = message.Step;
        using var activity = AgencyTelemetry.Start("continue", services.Agency, message.Service, step, number: null);

        await StepStore.ClaimAsync(database, step, cancellationToken);
        var row = await database.Set<StepRow>().FindAsync([step.ApplicationId, step.StepId, step.Attempt], cancellationToken);
        switch (row)
        {
            case { State: StepState.Cancelled }:
                AgencyTelemetry.LogContinued(logger, step.ApplicationId, step.StepId, step.Attempt, message.Service, "fee", "ignored-cancelled");
                return;
            case { Paid: not null } or { State: StepState.Completed or StepState.Rejected }:
                await StoredAnswer.SendAsync(sender, StoredAnswer.Read(row.AnswerKind!, row.Answer!), cancellationToken);
                AgencyTelemetry.LogContinued(logger, step.ApplicationId, step.StepId, step.Attempt, message.Service, "fee", "answered-again");
                return;
            case { State: StepState.AwaitingPayment } when Asked(row) == message.AmountRupiah:
                break;
            default:
                throw new InvalidOperationException(
                    $"{message.AmountRupiah} rupiah are settled for step {step.StepId}, attempt {step.Attempt}, of application {step.ApplicationId}, which did not ask for them.");
        }

        row.Paid = JsonSerializer.Serialize(new FeePaid(message.BillingCode, message.AmountRupiah, message.SettledAt));
        var (stored, reply) = StoredAnswer.Of(step, await worker.AnswerAsync(StepWork.Of(row), cancellationToken), clock.Now());
        row.Give(stored);
        await StoredAnswer.SendAsync(sender, reply, cancellationToken);
        AgencyTelemetry.LogContinued(logger, step.ApplicationId, step.StepId, step.Attempt, message.Service, "fee", stored.Kind);
    }

    private static long Asked(StepRow row) => ((PaymentRequested)StoredAnswer.Read(row.AnswerKind!, row.Answer!)).AmountRupiah;
}
