using MassTransit;
using Mpp.Applications.Flow;
using Mpp.Contracts.Payments;

namespace Mpp.Applications.Coordination;

/// <summary>
/// The agencies' and the payments' replies and the application's own alarm: every message that moves an application
/// once it is filed.
/// </summary>
internal sealed class StepConsumer(Coordinator coordinator, Sender sender) :
    IConsumer<StepAccepted>, IConsumer<StepCompleted>, IConsumer<StepRefused>, IConsumer<CorrectionRequested>,
    IConsumer<FeeRequested>, IConsumer<StepCancelled>, IConsumer<StepCancellationRefused>,
    IConsumer<FeeBilled>, IConsumer<FeePaid>, IConsumer<FeeLapsed>, IConsumer<FeeWithdrawn>,
    IConsumer<FeePaidBack>, IConsumer<ApplicationAlarm>
{
    public Task Consume(ConsumeContext<StepAccepted> context) =>
        Reply(new Input.StepAccepted(context.Message), context);

    public Task Consume(ConsumeContext<StepCompleted> context) =>
        Reply(new Input.StepCompleted(context.Message), context);

    public Task Consume(ConsumeContext<StepRefused> context) => Reply(new Input.StepRefused(context.Message), context);

    public Task Consume(ConsumeContext<CorrectionRequested> context) =>
        Reply(new Input.CorrectionRequested(context.Message), context);

    public Task Consume(ConsumeContext<FeeRequested> context) =>
        Reply(new Input.FeeRequested(context.Message), context);

    public Task Consume(ConsumeContext<StepCancelled> context) =>
        Reply(new Input.StepCancelled(context.Message), context);

    public Task Consume(ConsumeContext<StepCancellationRefused> context) =>
        Reply(new Input.StepCancellationRefused(context.Message), context);

    public Task Consume(ConsumeContext<FeeBilled> context) => Reply(new Input.FeeBilled(context.Message), context);

    public Task Consume(ConsumeContext<FeePaid> context) => Reply(new Input.FeePaid(context.Message), context);

    public Task Consume(ConsumeContext<FeeLapsed> context) => Reply(new Input.FeeLapsed(context.Message), context);

    public Task Consume(ConsumeContext<FeeWithdrawn> context) =>
        Reply(new Input.FeeWithdrawn(context.Message), context);

    public Task Consume(ConsumeContext<FeePaidBack> context) => Reply(new Input.FeePaidBack(context.Message), context);

    public Task Consume(ConsumeContext<ApplicationAlarm> context) =>
        coordinator.HandleAsync(
            context.Message.ApplicationId, new Input.AlarmFired(context.Message.Waited), sender.Of(context),
            context.CancellationToken);

    private Task Reply(Input.Reply reply, ConsumeContext context) =>
        coordinator.HandleAsync(reply.Step.ApplicationId, reply, sender.Of(context), context.CancellationToken);
}
