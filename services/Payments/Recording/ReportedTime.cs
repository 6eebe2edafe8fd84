namespace Mpp.Payments.Recording;

/// <summary>When money moved, as somebody outside the mall says.</summary>
internal static class ReportedTime
{
    /// <summary>How far the clock of the reporter may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Money is reported within days after it moved: a time so long ago is a mistake.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(366);

    /// <summary>What is wrong with such a time, whatever it is about.</summary>
    /// <param name="pointer">Where in the request it is.</param>
    /// <param name="moment">The time.</param>
    /// <param name="now">The time here.</param>
    public static FieldError? Fault(string pointer, DateTimeOffset moment, DateTimeOffset now) =>
        moment > now + Ahead ? new(pointer, ErrorCodes.InTheFuture, "The time lies in the future.")
        : moment < now - LongAgo
            ? new(pointer, ErrorCodes.OutOfRange, "A time within the last year is expected.")
            : null;
}
