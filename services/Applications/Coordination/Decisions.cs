using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Hosting.Clock;

namespace Mpp.Applications.Coordination;

/// <summary>
/// The one way in which an application moves: the <see cref="Decider"/> decides, and its decision is stored, sent and
/// counted in the caller's transaction.
/// </summary>
internal sealed class Decisions(
    Decider decider, ApplicationStore store, Effects effects, FlowMeters meters, IAfterCommit afterCommit,
    TimeProvider time)
{
    /// <param name="definition">The version that the application is pinned to.</param>
    /// <param name="state">The application, locked; <see langword="null"/> for one that is not there yet.</param>
    /// <param name="input">What happened.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<Decision> MakeAsync(
        PackageDefinition definition, ApplicationState? state, Input input, CancellationToken cancellationToken)
    {
        var decision = decider.Decide(definition, state, input, time.Now());
        await (state is null
            ? store.AddAsync(decision, cancellationToken)
            : store.UpdateAsync(decision, cancellationToken));
        await effects.ApplyAsync(decision, cancellationToken);
        afterCommit.Do(() => meters.Record(definition, decision));
        return decision;
    }
}
