using Mpp.Agency.Steps;

namespace Mpp.Agency;

/// <summary>
/// One service of an agency. The kit calls it with input that is already read and checked, inside the transaction that
/// also holds the inbox and the answer: whatever it changes in the agency's DbContext is saved together with its
/// answer, once for each (application, step, attempt). It need not call <c>SaveChangesAsync</c>.
/// </summary>
/// <remarks>
/// An exception rolls everything back and the step is tried again, so effects outside the DbContext may happen more
/// than once. After the last attempt the message is in the queue's error queue, where an operator sees it. Answer
/// <see cref="StepAnswer.Refused"/> for what the applicant can do something about.
/// </remarks>
/// <typeparam name="TInput">
/// The service's input, a class or record with camel-case names on the wire. Members that are <c>required</c>, or
/// constructor parameters without a default value that cannot be null, must be there; unknown members are refused;
/// validation attributes are honoured. What does not pass is refused with the requirement <c>valid-input</c> and a JSON
/// pointer before the service sees it.
/// </typeparam>
public abstract class AgencyService<TInput> : IAgencyService where TInput : class
{
    /// <summary>The service's code in the catalogue, <c>agency/service</c>, for example <c>police/skck</c>.</summary>
    public abstract string Code { get; }

    /// <summary>Does the step, or says what stands against it.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancellationToken">The service is shutting down: the step will be delivered again.</param>
    public abstract Task<StepAnswer> PerformAsync(StepRequest<TInput> request, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels a step that was completed, or withdraws one that is in hand. Unless overridden, what is in hand is
    /// withdrawn and what is completed stands.
    /// </summary>
    /// <param name="cancellation">What to cancel.</param>
    /// <param name="cancellationToken">The service is shutting down: the request will be delivered again.</param>
    public virtual Task<CancelAnswer> CancelAsync(StepCancellation cancellation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cancellation);
        return Task.FromResult(cancellation.Completed is null ? CancelAnswer.Done : CancelAnswer.Refused(
            new StepReason(
                "not-revocable", new LocalizedText("Hasil layanan ini tidak dapat dibatalkan lewat permohonan.",
                    "What this service issued cannot be cancelled by the application."))));
    }

    /// <summary>
    /// Says before anything is filed what stands for and against the service, as far as the known fields and the
    /// agency's registers tell. Unless overridden it says nothing. The kit itself reports fields that are given and
    /// wrong, as <c>valid-input</c>. Anybody who may file may ask, so it says no more than a refusal would. Runs in a
    /// read-only transaction and is not repeated; the asking service waits a second or two.
    /// </summary>
    /// <param name="request">What is known.</param>
    /// <param name="cancellationToken">The service is shutting down.</param>
    public virtual Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Precondition>>([]);

    /// <summary>
    /// What the service would give back, as far as a look into the registers tells, so that services which take it can
    /// be asked before anything is filed: an object with some of the fields of the output, or <see langword="null"/>.
    /// Unless overridden, nothing. Runs as <see cref="CheckAsync"/> does.
    /// </summary>
    /// <param name="request">What is known.</param>
    /// <param name="cancellationToken">The service is shutting down.</param>
    public virtual Task<object?> ForeseeAsync(PrecheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<object?>(null);

    Type IAgencyService.InputType => typeof(TInput);

    object IAgencyService.RequestOf(StepWork work, DateOnly today, object input) => new StepRequest<TInput>(
        work.Step, work.ApplicationNumber, work.Region, work.Channel, work.DueAt, today, (TInput)input)
    {
        Corrected = work.Corrected,
        Paid = work.Paid,
        BoundByLaw = work.BoundByLaw,
    };

    Task<StepAnswer> IAgencyService.PerformAsync(object request, CancellationToken cancellationToken) =>
        PerformAsync((StepRequest<TInput>)request, cancellationToken);
}

/// <summary>What the kit sees of an <see cref="AgencyService{TInput}"/>; inherit that one.</summary>
public interface IAgencyService
{
    /// <summary>The service's code.</summary>
    string Code { get; }

    /// <summary>The type the inputs are read into.</summary>
    internal Type InputType { get; }

    internal object RequestOf(StepWork work, DateOnly today, object input);

    internal Task<StepAnswer> PerformAsync(object request, CancellationToken cancellationToken);

    /// <summary>What stands for and against the service.</summary>
    /// <param name="request">What is known.</param>
    /// <param name="cancellationToken">Shutting down.</param>
    Task<IReadOnlyList<Precondition>> CheckAsync(PrecheckRequest request, CancellationToken cancellationToken);

    /// <summary>What the service would give back.</summary>
    /// <param name="request">What is known.</param>
    /// <param name="cancellationToken">Shutting down.</param>
    Task<object?> ForeseeAsync(PrecheckRequest request, CancellationToken cancellationToken);

    /// <summary>Cancels or withdraws.</summary>
    /// <param name="cancellation">What to cancel.</param>
    /// <param name="cancellationToken">Shutting down.</param>
    Task<CancelAnswer> CancelAsync(StepCancellation cancellation, CancellationToken cancellationToken);
}
