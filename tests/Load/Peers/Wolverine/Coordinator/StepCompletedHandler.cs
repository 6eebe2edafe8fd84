using Mpp.Contracts.Steps;
using Wolverine;

namespace Mpp.Peers.Coordinator;

/// <summary>An agency's answer: what changes and what is sent next leave in one transaction.</summary>
public static class StepCompletedHandler
{
    public static async Task Handle(
        StepCompleted answer, CoordinatorDb db, IMessageContext bus, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var application = await db.FindApplicationAsync(answer.Step.ApplicationId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no application {answer.Step.ApplicationId}.");
        await new Flow(db, application, time.GetUtcNow()).Complete(answer).SendAsync(bus);
    }
}
