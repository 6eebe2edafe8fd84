using Mpp.Applications.Flow;

namespace Mpp.Applications.Acting;

/// <summary>Why an act on an application cannot be done.</summary>
internal static class ActProblems
{
    public static readonly ProblemCode AnotherClient = new(
        "handled-by-another-client", 403, "Another client handles the application");
    public static readonly ProblemCode Changed = new(
        "application-changed", 412, "The application has changed since it was read");
    public static readonly ProblemCode NotAnOwner = new(
        "not-an-owner", 403, "The NIK is not that of an owner of the application");

    public static readonly ProblemCode UnknownStep = new("unknown-step", 404, "The application has no such step");
    public static readonly ProblemCode NotAwaitingCorrection = new(
        "not-awaiting-correction", 409, "The step does not wait for a correction");
    public static readonly ProblemCode NotRefused = new(
        "not-refused", 409, "The step was not refused and has not lapsed");
    public static readonly ProblemCode NoRoundsLeft = new(
        "no-rounds-left", 409, "The step was filed as often as the package allows");
    public static readonly ProblemCode PastPivot = new("past-pivot", 409, "The application can only go forward");
    public static readonly ProblemCode Ended = new(
        "application-ended", 409, "The application has ended or is being cancelled");
    public static readonly ProblemCode LegalLimit = new(
        "legal-limit", 409, "The law sets the time of the step");
    public static readonly ProblemCode RefundDue = new(
        "refund-due", 409, "What is left of the step is money to pay back");
    public static readonly ProblemCode NotPossibleNow = new(
        "not-possible-now", 409, "The step is not in a state for this act");

    public static Problem Of(Denial denial) => denial switch
    {
        Denial.UnknownStep => Problem.Of(UnknownStep),
        Denial.NotAwaitingCorrection => Problem.Of(NotAwaitingCorrection,
            "The correction was given already, or its time is over. Read the application again."),
        Denial.OtherItems => Problem.Invalid(
            "/answers", ErrorCodes.OtherItems, "Exactly the items that the agency named are answered, all at once."),
        Denial.NotRefused => Problem.Of(NotRefused),
        Denial.NoRoundsLeft => Problem.Of(NoRoundsLeft, "A new application can be filed."),
        Denial.PastPivot => Problem.Of(PastPivot, "What has been issued cannot be taken back by cancelling. "
            + "What was refused can be filed again; what was issued wrongly is mended by its agency."),
        Denial.Erased => Problem.Invalid("/changes", ErrorCodes.Erased, Changes.WhyErased),
        Denial.Ended => Problem.Of(Ended),
        Denial.LegalLimit => Problem.Of(LegalLimit, "When it is over, the application counts as granted (UU 30/2014 "
            + "art. 53). Nobody prolongs it."),
        Denial.RefundDue => Problem.Of(RefundDue, "Record it where the money is: POST /v1/refunds/{id}/repayment. "
            + "Then the step leaves the worklist by itself."),
        _ => Problem.Of(NotPossibleNow, "Read the application again: its state says what can be done."),
    };
}
