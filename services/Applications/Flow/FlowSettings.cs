using System.ComponentModel.DataAnnotations;

namespace Mpp.Applications.Flow;

/// <summary>Configuration section <c>Flow</c>.</summary>
internal sealed record FlowSettings
{
    /// <summary>
    /// How long an agency may be silent after a request before an operator sees the step as stalled. Default one hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan StallsAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The same for a step that the agency took in hand without saying until when, and that has no due time. Default
    /// three days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "366.00:00:00")]
    public TimeSpan StallsAfterAccepted { get; init; } = TimeSpan.FromDays(3);

    /// <summary>
    /// An alarm that goes off this much too late was held up, because this service or the broker was away. Decisions of
    /// agencies may be held up too: they have this long to arrive before a time that is over counts. Default one
    /// minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HeldUp { get; init; } = TimeSpan.FromMinutes(1);
}
