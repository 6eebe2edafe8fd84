using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Mpp.Applications.Coordination;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Applications.Reading;
using Mpp.Hosting.Idempotency;

namespace Mpp.Applications.Acting;

/// <summary>The application that somebody wants to act on, locked.</summary>
internal sealed record LockedApplication(
    ApplicationState State, PackageDefinition Package, SchemaForm Form,
    Func<string, PublishedStandard?> Standard, Actor By, DateTimeOffset Now)
{
    /// <summary>The day in its region.</summary>
    public DateOnly Today => State.Region.DayOf(Now);
}

/// <summary>What somebody wants, or why the request cannot be taken.</summary>
internal readonly record struct ActOrProblem(Input.Act? Act, Problem? Problem)
{
    public static implicit operator ActOrProblem(Input.Act act) => new(act, null);

    public static implicit operator ActOrProblem(Problem problem) => new(null, problem);
}

/// <summary>
/// What all acts have in common: find the application, see that the caller may, lock it, and make the decision in one
/// transaction.
/// </summary>
internal sealed class ApplicationActs(
    ApplicationsDbContext database, ApplicationAccess access, ApplicationStore store, PackageDefinitions packages,
    Decisions decisions, IdempotentAnswers answers, TimeProvider time)
{
    /// <param name="number">The application.</param>
    /// <param name="http">The caller.</param>
    /// <param name="read">Reads the request against the application as it stands.</param>
    /// <param name="cancellationToken">The caller is gone.</param>
    /// <param name="anyClient">True when a client that does not handle the application may do this.</param>
    public async Task<IResult> ActAsync(
        string number, HttpContext http, Func<LockedApplication, ActOrProblem> read,
        CancellationToken cancellationToken, bool anyClient = false)
    {
        if (await access.FindAsync(number, CallerRegion.Of(http.User), cancellationToken) is not { } row)
        {
            return Problem.Of(ProblemCodes.UnknownApplication);
        }

        var by = ActorOf(http.User);
        if (!anyClient && by.Role is not ActorRole.Operator && by.Client != row.Client)
        {
            return Problem.Of(
                ActProblems.AnotherClient, $"Take it over first: POST /v1/applications/{row.Number}/channel.");
        }

        database.Database.AutoSavepointsEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var state = await store.LockAsync(row.Id, cancellationToken)
            ?? throw new InvalidOperationException("An application cannot vanish.");
        ApplicationSpan.Tag(state);
        if (!Matches(http, state))
        {
            return Problem.Of(ActProblems.Changed, "Read it again, and decide anew.");
        }

        var package = await packages.PinnedAsync(state.Package, state.PackageVersion, cancellationToken);
        var asked =
            read(new(state, package, await packages.FormAsync(package, cancellationToken), packages.Standard, by,
                time.GetUtcNow()));
        if (asked.Act is not { } act)
        {
            return asked.Problem!;
        }

        var decision = await decisions.MakeAsync(package, state, act, cancellationToken);
        var answer = decision.Denied is { } denial
            ? ActProblems.Of(denial)
            : answers.Keep(http, Done(decision.State, package, http), state.Id);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Activity.Current?.SetTag("mpp.outcome", decision.Denied?.ToString() ?? "done");
        return answer;
    }

    private Ok<ApplicationResource> Done(ApplicationState state, PackageDefinition package, HttpContext http)
    {
        var language = Language.Of(http);
        http.Response.Headers.ETag = ApplicationResource.Tag(state, language);
        return TypedResults.Ok(ApplicationResource.Of(state, package, packages, language));
    }

    private static Actor ActorOf(ClaimsPrincipal caller) => new(
        caller.HasScope(KnownScopes.ApplicationsOperate) ? ActorRole.Operator : ActorRole.Applicant,
        caller.ClientId() ?? "",
        caller.FindFirstValue("sub"));

    /// <summary>
    /// Whether <c>If-Match</c> has the tag that the application was read with. Without the header, or with <c>*</c>, it
    /// always matches; a tag that cannot be read never does.
    /// </summary>
    private static bool Matches(HttpContext http, ApplicationState state)
    {
        var header = http.Request.Headers.IfMatch;
        var current = state.Sequence.ToString(CultureInfo.InvariantCulture);
        return header.Count == 0 || StateTag.Names(header, tag => tag.Trim('"').Split('-')[0] == current);
    }
}
