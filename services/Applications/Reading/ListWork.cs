using System.ComponentModel.DataAnnotations;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Hosting.Description;

namespace Mpp.Applications.Reading;

/// <summary>Steps that an operator should look at, those of the oldest application first.</summary>
internal sealed record Worklist([MaxLength(ListWork.MaxItems)] IReadOnlyList<WorkItem> Items);

/// <summary>A step on the worklist; no personal data.</summary>
/// <param name="Number">The application's.</param>
/// <param name="ApplicationStatus">Where the whole application stands; it may have ended.</param>
/// <param name="Step">The step's id in the package.</param>
/// <param name="Service"><c>agency/service</c>.</param>
/// <param name="Since">Since when the step has its status.</param>
/// <param name="DueAt">When the agency must be, or must have been, done.</param>
/// <param name="Matters">Why it is here; at least one.</param>
/// <param name="Acts">What <c>POST /v1/applications/{number}/steps/{step}/acts</c> takes now. Money to pay back ends
/// elsewhere: <c>GET /v1/refunds?application={number}</c> has it.</param>
internal sealed record WorkItem(
    string Number, string Package, string Title,
    string Region, ApplicationStatus ApplicationStatus, DateTimeOffset SubmittedAt,
    string Step, string Service, string ServiceName, string Agency, string AgencyName, StepStatus Status, int Attempt,
    DateTimeOffset Since, DateTimeOffset? DueAt, IReadOnlyList<MatterResource> Matters, IReadOnlyList<OperatorAct> Acts)
{
    public static IEnumerable<WorkItem> Of(
        ApplicationState state, PackageDefinition definition, PackageDefinitions packages, string language) =>
        from step in state.Steps
        let matters = step.Matters.Select(m => new MatterResource(m, Texts.Of(m).In(language))).ToList()
        where matters.Count > 0
        let defined = definition.Steps.First(s => s.Id == step.Id)
        let service = defined.Service
        let agency = Queues.OfAgency(service)
        select new WorkItem(
            state.Number.Value, state.Package,
            definition.Title.In(language), state.Region.Value, state.Status, state.SubmittedAt,
            step.Id, service, packages.Name(service).In(language), agency, packages.Name(agency).In(language),
            step.Status, step.Attempt, step.Since, step.DueAt, matters, [.. Flow.Acts.Possible(defined, step)]);
}

/// <summary>Why a step is on the worklist, and the same for people.</summary>
internal sealed record MatterResource(OperatorMatter Matter, string Text);

/// <summary>
/// <c>GET /v1/worklist</c> of the caller's region, in pages of whole applications: <c>Link: rel="next"</c> leads to the
/// next one. What stands there stays until an act, the agency or the applicant ends it.
/// </summary>
internal static class ListWork
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;
    /// <summary>No package has half as many steps.</summary>
    public const int MaxItems = 64 * MaxLimit;

    /// <param name="after">The number of the last application of the page before.</param>
    /// <param name="limit">Applications on a page; 50 without it. Each has as many items as steps on the list.</param>
    public static async Task<IResult> Handle(
        [Word("number")] string? after, [Range(1, MaxLimit)] int? limit, CallerRegion region, HttpContext http,
        ApplicationAccess access,
        ApplicationsDbContext database, PackageDefinitions packages, CancellationToken cancellationToken)
    {
        if (Paging.LimitFault(limit, MaxLimit) is { } fault)
        {
            return fault;
        }

        // The ids are ordered by time, so the oldest comes first.
        var rows = database.Applications.AsNoTracking().Where(a => a.Worklist > 0);
        if (after is not null)
        {
            if (await access.FindAsync(after, region, cancellationToken) is not { Id: var last })
            {
                return Problem.Parameter(
                    nameof(after), ErrorCodes.UnknownValue,
                    "The number of the last application of a page is expected.");
            }

            rows = rows.Where(a => a.Id > last);
        }

        var size = limit ?? DefaultLimit;
        var stored = await rows.Within(region, a => a.Region)
            .OrderBy(a => a.Id).Take(size + 1).Select(a => a.State).ToListAsync(cancellationToken);
        var states = http.Page([.. stored.Select(FlowJson.ReadState)], size, state => state.Number.Value);
        var language = Language.Of(http);
        var items = new List<WorkItem>();
        foreach (var state in states)
        {
            items.AddRange(WorkItem.Of(state, await packages.PinnedAsync(
                state.Package, state.PackageVersion, cancellationToken), packages, language));
        }

        return TypedResults.Ok(new Worklist(items));
    }
}
