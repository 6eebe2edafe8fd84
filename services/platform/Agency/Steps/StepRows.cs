namespace Mpp.Agency.Steps;

/// <summary>The agency's steps as rows; what every message needs goes past EF's change tracker.</summary>
internal sealed class StepRows<TDbContext>(
    TDbContext database, Prepared<StepRef, KnownStep?> prepared, IBatchedWrites writes)
    where TDbContext : DbContext
{
    /// <summary>Claims the step of a message, unless its batch has.</summary>
    /// <inheritdoc cref="StepStore.ClaimAsync"/>
    public async Task<KnownStep?> ClaimAsync(StepRef step, CancellationToken cancellationToken) =>
        prepared.TryTake(step, out var known)
            ? known
            : await StepStore.ClaimAsync(database, step, cancellationToken);

    /// <summary>Adds a step that was not known when it was claimed.</summary>
    public Task AddAsync(StepRow row, CancellationToken cancellationToken) =>
        writes.WriteAsync([StepStore.Insert(row)], cancellationToken);
}
