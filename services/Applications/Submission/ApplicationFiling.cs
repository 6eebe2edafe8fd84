using Mpp.Applications.Coordination;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Applications.Reading;
using Mpp.Hosting.Idempotency;
using Npgsql;

namespace Mpp.Applications.Submission;

/// <summary>
/// Files an application: checked as a whole, then stored together with the first steps' requests, or not at all.
/// </summary>
internal sealed class ApplicationFiling(
    ApplicationsDbContext database, SubmissionCheck check, PackageDefinitions packages, Decisions decisions,
    IdempotentAnswers answers, TimeProvider time)
{
    private const int NumberAttempts = 5;

    public async Task<IResult> FileAsync(
        SubmitRequest request, string client, CallerRegion callerRegion, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (await check.FaultAsync(request, callerRegion, cancellationToken) is { } problem)
        {
            return problem;
        }

        // The alarm makes this save a transaction with two statements; a savepoint between them would cost
        // two round trips.
        database.Database.AutoSavepointsEnabled = false;
        var package = packages.Offered(request.Package)!.Definition;
        var region = RegionCode.Parse(request.Region);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        for (var attempt = 1; ; attempt++)
        {
            var number = ApplicationNumber.New(region, time.Today(region));
            var filed = new Input.Submit(
                id, number, region, request.Channel, request.Input, client, request.Representation);
            var decision = await decisions.MakeAsync(package, state: null, filed, cancellationToken);
            var answer = answers.Keep(http, Created(decision.State, package, http), id);
            try
            {
                await database.SaveChangesAsync(cancellationToken);
                return answer;
            }
            catch (DbUpdateException fault)
                when (fault.InnerException is PostgresException { ConstraintName: ApplicationsDbContext.NumberKey }
                    && attempt < NumberAttempts)
            {
                database.ChangeTracker.Clear();
            }
        }
    }

    private Microsoft.AspNetCore.Http.HttpResults.Created<ApplicationResource> Created(
        ApplicationState state, Mpp.Contracts.Packages.PackageDefinition definition, HttpContext http)
    {
        ApplicationSpan.Tag(state);
        var language = Language.Of(http);
        http.Response.Headers.ETag = ApplicationResource.Tag(state, language);
        return TypedResults.Created(
            $"/v1/applications/{state.Number.Value}", ApplicationResource.Of(state, definition, packages, language));
    }
}
