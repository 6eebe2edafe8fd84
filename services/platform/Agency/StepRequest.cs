using Mpp.Contracts.Payments;

namespace Mpp.Agency;

/// <summary>A step to do.</summary>
/// <param name="Step">The identity of the work.</param>
/// <param name="ApplicationNumber">For people.</param>
/// <param name="Region">The region the application belongs to.</param>
/// <param name="Channel">How the citizen came.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Today">The date in the region: at 23:30 UTC it is tomorrow in all of Indonesia.</param>
/// <param name="Input">The fields mapped to this step.</param>
public sealed record StepRequest<TInput>(
    StepRef Step, ApplicationNumber ApplicationNumber, RegionCode Region, string Channel, DateTimeOffset? DueAt,
    DateOnly Today, TInput Input)
{
    /// <summary>From 1; counts up after a correction and when the applicant files the step again.</summary>
    public int Attempt => Step.Attempt;

    /// <summary>
    /// The requirements that the applicant has answered with this attempt; empty for a first request.
    /// </summary>
    public IReadOnlyList<string> Corrected { get; init; } = [];

    /// <summary>
    /// The fee that the service asked for, once it is paid. A service that takes a fee answers
    /// <see cref="StepAnswer.FeeRequested"/> while this is <see langword="null"/>; it is then called again with the
    /// same input, and issues: a file that was paid for is not refused.
    /// </summary>
    public FeePaid? Paid { get; init; }

    /// <summary>
    /// The limit that passed without an answer, where the law has granted the step (UU 30/2014 art. 53). The service
    /// must then complete it; what it would have refused is an operator's matter.
    /// </summary>
    public DateTimeOffset? BoundByLaw { get; init; }
}

/// <summary>A step to cancel.</summary>
/// <param name="Step">The identity of the work.</param>
/// <param name="Today">The date in the region of the application.</param>
/// <param name="Reason">Why, a code.</param>
/// <param name="Completed">The outputs that the step was completed with; <see langword="null"/> when it is
/// still in hand.</param>
public sealed record StepCancellation(StepRef Step, DateOnly Today, string Reason, JsonElement? Completed);
