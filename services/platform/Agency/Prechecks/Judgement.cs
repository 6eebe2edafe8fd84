namespace Mpp.Agency;

/// <summary>Turns what a service's rules say into the answer to a question.</summary>
public static class Judgement
{
    /// <summary>
    /// Of the requirements that could be judged, those that a reason names are missing, and the others are fulfilled.
    /// Reasons for other requirements are left out: nobody asked about them, or they rest on what is not known yet.
    /// </summary>
    /// <param name="reasons">What the rules found.</param>
    /// <param name="judged">The codes of the requirements that the known fields are enough for.</param>
    public static IReadOnlyList<Precondition> Of(
        IReadOnlyCollection<StepReason> reasons, params IReadOnlyList<string> judged) =>
        [.. judged.SelectMany(code => reasons.Where(r => r.Requirement == code).ToList() is { Count: > 0 } found
            ? found.Select(Missing)
            : [Fulfilled(code)])];

    /// <summary>The service would be refused or sent back for this reason.</summary>
    /// <param name="reason">What the service would answer.</param>
    public static Precondition Missing(StepReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new(reason.Requirement, PreconditionStatus.Missing, reason.Text, reason.Pointer);
    }

    /// <summary>Nothing to do.</summary>
    /// <param name="requirement">The requirement's code.</param>
    public static Precondition Fulfilled(string requirement) => new(requirement, PreconditionStatus.Fulfilled);

    /// <summary>Only the work itself or an earlier step will tell.</summary>
    /// <param name="requirement">The requirement's code.</param>
    public static Precondition KnownLater(string requirement) => new(requirement, PreconditionStatus.KnownLater);
}
