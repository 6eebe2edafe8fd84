using MassTransit;
using Mpp.Applications.Flow;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;

namespace Mpp.Applications.Coordination;

/// <summary>The agencies' and the payments' replies and the application's own alarm: every message that moves an application once it is filed.</summary>
internal sealed class StepConsumer(Coordinator coordinator) :
    IConsumer<StepAccepted>, IConsumer<StepCompleted>, IConsumer<StepRejected>, IConsumer<CorrectionRequested>, IConsumer<PaymentRequested>,
    IConsumer<StepCancelled>, IConsumer<StepCancellationRefused>,
    IConsumer<ChargeBilled>, IConsumer<ChargeSettled>, IConsumer<ChargeLapsed>, IConsumer<ChargeWithdrawn>, IConsumer<ApplicationAlarm>
{
    public Task Consume(ConsumeContext<StepAccepted> context) => Reply(new Input.Accepted(context.Message), context);

    public Task Consume(ConsumeContext<StepCompleted> context) => Reply(new Input.Completed(context.Message), context);

    public Task Consume(ConsumeContext<StepRejected> context) => Reply(new Input.Rejected(context.Message), context);

    public Task Consume(ConsumeContext<CorrectionRequested> context) => Reply(new Input.Correction(context.Message), context);

    public Task Consume(ConsumeContext<PaymentRequested> context) => Reply(new Input.Payment(context.Message), context);

    public Task Consume(ConsumeContext<StepCancelled> context) => Reply(new Input.Undone(context.Message), context);

    public Task Consume(ConsumeContext<StepCancellationRefused> context) => Reply(new Input.UndoRefused(context.Message), context);

    public Task Consume(ConsumeContext<ChargeBilled> context) => Reply(new Input.Billed(context.Message), context);

    public Task Consume(ConsumeContext<ChargeSettled> context) => Reply(new Input.Settled(context.Message), context);

    public Task Consume(ConsumeContext<ChargeLapsed> context) => Reply(new Input.PaymentLapsed(context.Message), context);

    public Task Consume(ConsumeContext<ChargeWithdrawn> context) => Reply(new Input.PaymentWithdrawn(context.Message), context);

    public Task Consume(ConsumeContext<ApplicationAlarm> context) =>
        coordinator.HandleAsync(context.Message.ApplicationId, new Input.AlarmFired(context.Message.Waited), context.CancellationToken);

    private Task Reply(Input.Reply reply, ConsumeContext context) => coordinator.HandleAsync(reply.Step.ApplicationId, reply, context.CancellationToken);
}
