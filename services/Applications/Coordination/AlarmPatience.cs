using Microsoft.Extensions.Options;
using Mpp.Applications.Flow;
using Mpp.Hosting.Clock;

namespace Mpp.Applications.Coordination;

/// <summary>
/// An alarm that goes off much too late was held up, and decisions that agencies took in time may be held up too. So
/// the alarm gives way once, for <see cref="FlowSettings.HeldUp"/>.
/// </summary>
internal sealed class AlarmPatience(Effects effects, IOptions<FlowSettings> settings, TimeProvider time)
{
    public async Task<bool> GivesWayAsync(ApplicationState state, Input input, CancellationToken cancellationToken)
    {
        var (now, heldUp) = (time.Now(), settings.Value.HeldUp);
        if (state.Ended || input is not Input.AlarmFired { Waited: false } || !(state.NextLapse < now - heldUp))
        {
            return false;
        }

        await effects.SetAlarmAsync(state.Id, now + heldUp, waited: true, cancellationToken);
        return true;
    }
}
