using System.ComponentModel.DataAnnotations;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Hosting.Telemetry;

namespace Mpp.Applications.Retelling;

/// <summary>
/// Tells of applications again, for whoever has missed announcements: it was not there yet when they were made, or away
/// for longer than the broker keeps them. It asks which applications there are and how far each has come, and then for
/// those that it knows less of. No personal data, as in <see cref="ApplicationChanged"/>. The gateway has no route to
/// <c>/internal</c>.
/// </summary>
internal static class RetellingEndpoints
{
    private const int MostListed = 5_000;
    private const int MostTold = 200;

    public static void MapRetelling(this WebApplication app)
    {
        var retelling = app.MapGroup("/internal").AllowAnonymous().ExcludeFromDescription();
        retelling.MapGet("/applications", ListAsync);
        retelling.MapPost("/changes", TellAsync);
    }

    /// <param name="after">The last id of the page before; ids are ordered by the time of filing.</param>
    private static async Task<IResult> ListAsync(
        Guid? after, [Range(1, MostListed)] int? limit, ApplicationsDbContext database,
        CancellationToken cancellationToken)
    {
        if (Paging.LimitFault(limit, MostListed) is { } fault)
        {
            return fault;
        }

        var from = after ?? Guid.Empty;
        return TypedResults.Ok(new KnownApplications(await database.Applications.AsNoTracking()
            .Where(a => a.Id > from).OrderBy(a => a.Id).Take(limit ?? MostListed)
            .Select(a => new KnownApplication(a.Id, a.Sequence, a.UpdatedAt)).ToListAsync(cancellationToken)));
    }

    private static async Task<IResult> TellAsync(
        WantedChanges wanted, ApplicationsDbContext database, PackageDefinitions packages,
        CancellationToken cancellationToken)
    {
        if (wanted.Ids.Count > MostTold)
        {
            return Problem.Of(ProblemCodes.InvalidRequest, $"At most {MostTold} applications at once.");
        }

        var entries = await database.Timeline.AsNoTracking().Where(t => wanted.Ids.Contains(t.ApplicationId))
            .OrderBy(t => t.ApplicationId).ThenBy(t => t.Sequence).ToListAsync(cancellationToken);
        var told = new List<ApplicationChanged>();
        foreach (var timeline in entries.GroupBy(entry => entry.ApplicationId))
        {
            told.Add(await ToldAsync([.. timeline], packages, cancellationToken));
        }

        return TypedResults.Ok(new ToldChanges(told));
    }

    private static async Task<ApplicationChanged> ToldAsync(
        IReadOnlyList<TimelineRow> timeline, PackageDefinitions packages, CancellationToken cancellationToken)
    {
        ApplicationState? state = null;
        var told = new List<ChangedEntry>();
        foreach (var row in timeline)
        {
            var entry = new TimelineEntry(row.Sequence, row.At, FlowJson.Read(row.Kind, row.Data));
            state = Evolution.Evolve(state, entry);
            if (Announcement.Entry(entry, state) is { } change)
            {
                told.Add(row.Span is { } span ? change with { TraceId = SpanRef.Of(span).TraceId } : change);
            }
        }

        return Announcement.Of(
            await packages.PinnedAsync(state!.Package, state.PackageVersion, cancellationToken), state, told);
    }
}

/// <summary>A page of all applications.</summary>
internal sealed record KnownApplications(IReadOnlyList<KnownApplication> Items);

/// <summary>How far an application has come.</summary>
internal sealed record KnownApplication(Guid Id, long Sequence, DateTimeOffset UpdatedAt);

/// <summary>Of which applications to tell.</summary>
internal sealed record WantedChanges(IReadOnlyList<Guid> Ids);

/// <summary>Where they stand, each with its whole timeline.</summary>
internal sealed record ToldChanges(IReadOnlyList<ApplicationChanged> Items);
