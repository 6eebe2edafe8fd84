namespace Mpp.Agency;

/// <summary>An agency's answer to a step; one of the nested records.</summary>
public abstract record StepAnswer
{
    private StepAnswer()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Outputs">Any object; it is written as JSON with camel-case names, and without
    /// what is <see langword="null"/>.</param>
    /// <param name="Documents">The documents issued.</param>
    public sealed record Completed(object Outputs, params IReadOnlyList<IssuedDocument> Documents) : StepAnswer;

    /// <summary>Taken in hand; the agency answers later with <see cref="IAgencySteps.AnswerAsync"/>.</summary>
    /// <param name="AgencyFileNumber">The agency's own number for the file.</param>
    /// <param name="ExpectedAt">When it expects to be done.</param>
    public sealed record Accepted(string AgencyFileNumber, DateTimeOffset? ExpectedAt = null) : StepAnswer;

    /// <summary>Refused.</summary>
    /// <param name="Reasons">At least one.</param>
    public sealed record Refused(params IReadOnlyList<StepReason> Reasons) : StepAnswer;

    /// <summary>The applicant must mend these items; the work comes back as the next attempt.</summary>
    /// <param name="Items">At least one.</param>
    public sealed record CorrectionRequested(params IReadOnlyList<StepReason> Items) : StepAnswer;

    /// <summary>The file is good and a fee is due.</summary>
    /// <param name="AmountRupiah">In whole rupiah, more than 0.</param>
    /// <param name="Purpose">What for, and where it is set.</param>
    /// <param name="ExpiresAt">Until when it can be paid.</param>
    /// <param name="Payee">Whose money it is, kebab-case; fees of different payees never stand on one bill.</param>
    /// <param name="KeptIfRefused">Whether the fee is for the examination, whatever its result. The kit does not let a
    /// service refuse once its fee is paid, so this is for a service where an officer judges after the fee.</param>
    public sealed record FeeRequested(
        long AmountRupiah, string Purpose, DateTimeOffset ExpiresAt, string Payee = Payees.StateTreasury,
        bool KeptIfRefused = false) : StepAnswer;
}

/// <summary>An agency's answer to a cancellation.</summary>
public sealed record CancelAnswer
{
    private CancelAnswer(IReadOnlyList<StepReason> reasons) => Reasons = reasons;

    /// <summary>Why the agency does not cancel it; empty when it is cancelled.</summary>
    public IReadOnlyList<StepReason> Reasons { get; }

    /// <summary>The step is cancelled.</summary>
    public static CancelAnswer Done { get; } = new([]);

    /// <summary>The step stands.</summary>
    /// <param name="reasons">At least one.</param>
    public static CancelAnswer Refused(params IReadOnlyList<StepReason> reasons) =>
        reasons is { Count: > 0 }
            ? new(reasons)
            : throw new ArgumentException("A refusal names at least one reason.", nameof(reasons));
}
