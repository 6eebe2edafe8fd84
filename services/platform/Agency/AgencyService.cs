using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Agency;

/// <summary>
/// One service of an agency. The kit calls it with input that is already read and checked, inside the transaction that also
/// holds the inbox and the answer: whatever it changes in the agency's DbContext is saved together with its answer, once for each
/// (application, step, attempt).
/// </summary>
/// <typeparam name="TInput">The service's input; unknown or missing fields are refused before the service sees them.</typeparam>
public abstract class AgencyService<TInput> : IAgencyService where TInput : class
{
    /// <summary>The service's code in the catalogue, <c>agency/service</c>, for example <c>police/skck</c>.</summary>
    public abstract string Code { get; }

    /// <summary>Does the step, or says what stands against it.</summary>
    public abstract Task<StepAnswer> PerformAsync(StepRequest<TInput> request, CancellationToken cancellationToken);

    /// <summary>Undoes a step that was completed, or withdraws one that is in hand. Refuses unless overridden.</summary>
    public virtual Task<CancelAnswer> CancelAsync(StepCancellation cancellation, CancellationToken cancellationToken) =>
        Task.FromResult(CancelAnswer.Refused(new StepReason("not-revocable", new LocalizedText("Layanan ini tidak dapat dibatalkan.", "This service cannot be undone."))));

    Type IAgencyService.InputType => typeof(TInput);

    Task<StepAnswer> IAgencyService.PerformAsync(PerformStep message, object input, CancellationToken cancellationToken) =>
        PerformAsync(new StepRequest<TInput>(message.Step, message.ApplicationNumber, message.Region, message.Channel, message.DueAt, (TInput)input), cancellationToken);
}

/// <summary>What the kit sees of an <see cref="AgencyService{TInput}"/>.</summary>
public interface IAgencyService
{
    /// <summary>The service's code.</summary>
    string Code { get; }

    /// <summary>The type the inputs are read into.</summary>
    internal Type InputType { get; }

    internal Task<StepAnswer> PerformAsync(PerformStep message, object input, CancellationToken cancellationToken);

    /// <summary>Undoes or withdraws.</summary>
    Task<CancelAnswer> CancelAsync(StepCancellation cancellation, CancellationToken cancellationToken);
}

/// <summary>A step to do.</summary>
/// <param name="Step">The identity of the work.</param>
/// <param name="ApplicationNumber">For people.</param>
/// <param name="Region">The region the application belongs to.</param>
/// <param name="Channel">How the citizen came.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Input">The fields mapped to this step.</param>
public sealed record StepRequest<TInput>(StepRef Step, ApplicationNumber ApplicationNumber, RegionCode Region, string Channel, DateTimeOffset? DueAt, TInput Input);

/// <summary>A step to undo.</summary>
/// <param name="Step">The identity of the work.</param>
/// <param name="Reason">Why, a code.</param>
/// <param name="Completed">The outputs that the step was completed with; <see langword="null"/> when it is still in hand.</param>
public sealed record StepCancellation(StepRef Step, string Reason, JsonElement? Completed);

/// <summary>An agency's answer to a step; one of the nested records.</summary>
public abstract record StepAnswer
{
    private StepAnswer()
    {
    }

    /// <summary>Done. <paramref name="Outputs"/> is any object; it is written with camel-case names.</summary>
    public sealed record Completed(object Outputs, params IReadOnlyList<IssuedDocument> Documents) : StepAnswer;

    /// <summary>Taken in hand; the agency answers later with <see cref="IAgencySteps.AnswerAsync"/>.</summary>
    public sealed record Accepted(string AgencyFileNumber, DateTimeOffset? ExpectedAt = null) : StepAnswer;

    /// <summary>Refused, with at least one reason.</summary>
    public sealed record Rejected(params IReadOnlyList<StepReason> Reasons) : StepAnswer;

    /// <summary>The applicant must mend these items.</summary>
    public sealed record CorrectionRequested(params IReadOnlyList<StepReason> Items) : StepAnswer;

    /// <summary>The file is good and a fee is due.</summary>
    public sealed record PaymentRequested(long AmountRupiah, string Purpose, DateTimeOffset ExpiresAt) : StepAnswer;
}

/// <summary>An agency's answer to a cancellation.</summary>
public sealed record CancelAnswer
{
    private CancelAnswer(IReadOnlyList<StepReason> reasons) => Reasons = reasons;

    /// <summary>Why the agency does not undo it; empty when it is undone.</summary>
    public IReadOnlyList<StepReason> Reasons { get; }

    /// <summary>The step is undone.</summary>
    public static CancelAnswer Done { get; } = new([]);

    /// <summary>The step stands.</summary>
    /// <param name="reasons">At least one.</param>
    public static CancelAnswer Refused(params IReadOnlyList<StepReason> reasons) => new(reasons);
}

/// <summary>Answers to steps that were accepted and are finished later: by an officer, a batch, or a system behind the agency.</summary>
public interface IAgencySteps
{
    /// <summary>Stores the answer and sends it, with <c>SaveChangesAsync</c> of the agency's DbContext in the same scope. A second, different final answer is an <see cref="InvalidOperationException"/>.</summary>
    Task AnswerAsync(StepRef step, StepAnswer answer, CancellationToken cancellationToken);
}
