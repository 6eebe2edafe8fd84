namespace Mpp.Agency;

/// <summary>A service that looks things up and then decides. For steps that wait together it looks once.</summary>
/// <inheritdoc cref="AgencyService{TInput}" path="/remarks"/>
/// <typeparam name="TInput">As of <see cref="AgencyService{TInput}"/>.</typeparam>
/// <typeparam name="TFound">What the registers say about a request.</typeparam>
public abstract class LookupService<TInput, TFound> : AgencyService<TInput>, ILookupService where TInput : class
{
    /// <summary>
    /// Looks up one request or several. What is found is as it was when their batch began: a service for which it
    /// matters what a step before it in the batch has changed is no such service. Read without tracking (a projection,
    /// or <c>AsNoTracking</c>).
    /// </summary>
    /// <param name="requests">At least one.</param>
    /// <param name="cancellationToken">The service is shutting down.</param>
    /// <returns>As many, in the same order.</returns>
    protected abstract Task<IReadOnlyList<TFound>> LookUpAsync(
        IReadOnlyList<StepRequest<TInput>> requests, CancellationToken cancellationToken);

    /// <summary>Does the step, or says what stands against it.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="found">What was looked up.</param>
    /// <param name="cancellationToken">The service is shutting down: the step will be delivered again.</param>
    protected abstract Task<StepAnswer> PerformAsync(
        StepRequest<TInput> request, TFound found, CancellationToken cancellationToken);

    /// <inheritdoc />
    public sealed override async Task<StepAnswer> PerformAsync(
        StepRequest<TInput> request, CancellationToken cancellationToken) =>
        await PerformAsync(request, (await LookUpAsync([request], cancellationToken))[0], cancellationToken);

    async Task<IReadOnlyList<object?>> ILookupService.LookUpAsync(
        IReadOnlyList<object> requests, CancellationToken cancellationToken) =>
        [.. await LookUpAsync([.. requests.Cast<StepRequest<TInput>>()], cancellationToken)];

    Task<StepAnswer> ILookupService.PerformAsync(
        object request, object? found, CancellationToken cancellationToken) =>
        PerformAsync((StepRequest<TInput>)request, (TFound)found!, cancellationToken);
}

/// <summary>What the kit sees of a <see cref="LookupService{TInput, TFound}"/>.</summary>
internal interface ILookupService : IAgencyService
{
    Task<IReadOnlyList<object?>> LookUpAsync(IReadOnlyList<object> requests, CancellationToken cancellationToken);

    Task<StepAnswer> PerformAsync(object request, object? found, CancellationToken cancellationToken);
}
