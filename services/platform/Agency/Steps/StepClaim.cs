namespace Mpp.Agency.Steps;

/// <summary>Claims the step of a message, unless its batch has.</summary>
internal sealed class StepClaim<TDbContext>(TDbContext database, Prepared<StepRef, KnownStep?> prepared)
    where TDbContext : DbContext
{
    /// <inheritdoc cref="StepStore.ClaimAsync"/>
    public async Task<KnownStep?> TakeAsync(StepRef step, CancellationToken cancellationToken) =>
        prepared.TryTake(step, out var known)
            ? known
            : await StepStore.ClaimAsync(database, step, cancellationToken);
}
