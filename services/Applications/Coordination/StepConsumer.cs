using MassTransit;
using Mpp.Applications.Flow;
using Mpp.Contracts.Steps;

namespace Mpp.Applications.Coordination;

/// <summary>The agencies' replies and the application's own alarm: everything that moves an application once it is filed.</summary>
internal sealed class StepConsumer(Coordinator coordinator) :
    IConsumer<StepAccepted>, IConsumer<StepCompleted>, IConsumer<StepRejected>, IConsumer<CorrectionRequested>, IConsumer<PaymentRequested>,
    IConsumer<StepCancelled>, IConsumer<StepCancellationRefused>, IConsumer<ApplicationAlarm>
{
    public Task Consume(ConsumeContext<StepAccepted> context) => Reply(new Input.Accepted(context.Message), context);

    public Task Consume(ConsumeContext<StepCompleted> context) => Reply(new Input.Completed(context.Message), context);

    public Task Consume(ConsumeContext<StepRejected> context) => Reply(new Input.Rejected(context.Message), context);

    public Task Consume(ConsumeContext<CorrectionRequested> context) => Reply(new Input.Correction(context.Message), context);

    public Task Consume(ConsumeContext<PaymentRequested> context) => Reply(new Input.Payment(context.Message), context);

    public Task Consume(ConsumeContext<StepCancelled> context) => Reply(new Input.Cancelled(context.Message), context);

    public Task Consume(ConsumeContext<StepCancellationRefused> context) => Reply(new Input.CancellationRefused(context.Message), context);

    public Task Consume(ConsumeContext<ApplicationAlarm> context) =>
        coordinator.HandleAsync(context.Message.ApplicationId, new Input.AlarmFired(), context.CancellationToken);

    private Task Reply(Input.Reply reply, ConsumeContext context) => coordinator.HandleAsync(reply.Step.ApplicationId, reply, context.CancellationToken);
}
