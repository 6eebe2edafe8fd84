namespace Mpp.Applications.Flow;

/// <summary>Whose turn it is.</summary>
internal static class NextToAct
{
    /// <summary>Who must act on a step, and until when; <see langword="null"/> when nobody must.</summary>
    public static (Party Party, DateTimeOffset? Until)? Of(StepState step) => step.Status switch
    {
        _ when step.Matters.Any(m => OnlyAnOperatorEnds(step, m)) => (Party.Operator, step.DueAt),
        StepStatus.AwaitingCorrection => (Party.Applicant, step.WaitsUntil),
        StepStatus.AwaitingPayment => (Party.Applicant, step.Fee?.ExpiresAt),
        StepStatus.Requested or StepStatus.InProgress or StepStatus.Cancelling => (Party.Agency, step.DueAt),
        StepStatus.DeemedGranted when !step.Issued => (Party.Agency, step.DueAt),
        _ => null,
    };

    // An agency that keeps a step goes on with it; a refund of an earlier attempt holds nobody up.
    private static bool OnlyAnOperatorEnds(StepState step, OperatorMatter matter) => matter switch
    {
        OperatorMatter.DueSoon => false,
        OperatorMatter.Overdue => step.ClockRuns,
        OperatorMatter.Stalled => !step.ClockStands,
        OperatorMatter.ReplyRejected => true,
        _ => step.Over,
    };
}
