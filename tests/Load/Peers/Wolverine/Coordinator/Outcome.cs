using Mpp.Contracts.Steps;
using Wolverine;

namespace Mpp.Peers.Coordinator;

/// <summary>What must be sent because an application has moved; nothing when it has not.</summary>
/// <param name="Requests">The steps to ask for.</param>
/// <param name="Changed">What everybody may know; goes nowhere unless somebody subscribes.</param>
internal sealed record Outcome(IReadOnlyList<StepRequest> Requests, ApplicationChanged? Changed)
{
    public static Outcome Nothing { get; } = new([], Changed: null);

    /// <summary>Through the outbox of whoever sends.</summary>
    public async Task SendAsync(IMessageBus bus)
    {
        foreach (var request in Requests)
        {
            var agency = request.Service[..request.Service.IndexOf('/', StringComparison.Ordinal)];
            await bus.EndpointFor(agency).SendAsync(request);
        }

        if (Changed is not null)
        {
            await bus.PublishAsync(Changed);
        }
    }
}
