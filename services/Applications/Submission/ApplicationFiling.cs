using System.Diagnostics;
using System.Security.Cryptography;
using Mpp.Applications.Coordination;
using Mpp.Applications.Data;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Applications.Reading;
using Mpp.Hosting.Clock;
using Npgsql;

namespace Mpp.Applications.Submission;

/// <summary>
/// Files an application: checked as a whole, then stored together with the first steps' requests, or not at all.
/// </summary>
internal sealed class ApplicationFiling(
    ApplicationsDbContext database, SubmissionCheck check, PackageDefinitions packages, Decisions decisions,
    TimeProvider time)
{
    private const int NumberAttempts = 5;

    public async Task<IResult> FileAsync(
        SubmitRequest request, string client, CallerRegion callerRegion, string? key, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (key is not null && !Idempotency.IsKey(key))
        {
            return Problem.Of(ProblemCodes.BadRequest, "Idempotency-Key has 1 to 200 visible ASCII characters.");
        }

        var hash = key is null ? [] : Hash(request);
        if (key is not null && await Idempotency.FindAsync(database, client, key, cancellationToken) is { } earlier)
        {
            return await RepeatAsync(earlier, hash, http, cancellationToken);
        }

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
            if (key is not null)
            {
                database.Add(new IdempotencyKeyRow
                {
                    Client = client,
                    Key = key,
                    Hash = hash,
                    Number = number.Value,
                    CreatedAt = time.Now()
                });
            }

            try
            {
                await database.SaveChangesAsync(cancellationToken);
                return Created(decision.State, package, http);
            }
            catch (DbUpdateException fault) when (Violated(fault) is ApplicationsDbContext.IdempotencyKey)
            {
                // The same submission came twice at once, and the other one was first.
                database.ChangeTracker.Clear();
                return await RepeatAsync((await Idempotency.FindAsync(database, client, key!, cancellationToken))!,
                    hash, http, cancellationToken);
            }
            catch (DbUpdateException fault)
                when (Violated(fault) is ApplicationsDbContext.NumberKey && attempt < NumberAttempts)
            {
                database.ChangeTracker.Clear();
            }
        }
    }

    private async Task<IResult> RepeatAsync(
        IdempotencyKeyRow earlier, byte[] hash, HttpContext http, CancellationToken cancellationToken)
    {
        if (!CryptographicOperations.FixedTimeEquals(earlier.Hash, hash))
        {
            return Problem.Of(ProblemCodes.IdempotencyKeyReused);
        }

        var row = await database.Applications.AsNoTracking()
            .SingleAsync(a => a.Number == earlier.Number, cancellationToken);
        var state = FlowJson.ReadState(row.State);
        http.Response.Headers["Idempotent-Replayed"] = "true";
        return Created(state, await packages.PinnedAsync(state.Package, state.PackageVersion, cancellationToken), http);
    }

    private Microsoft.AspNetCore.Http.HttpResults.Created<ApplicationResource> Created(
        ApplicationState state, Mpp.Contracts.Packages.PackageDefinition definition, HttpContext http)
    {
        var activity = Activity.Current;
        activity?.SetTag(TelemetryTags.ApplicationNumber, state.Number.Value);
        activity?.SetTag(TelemetryTags.ApplicationId, state.Id);
        activity?.SetTag(TelemetryTags.Package, state.Package);
        var language = Language.Of(http);
        http.Response.Headers.ETag = ApplicationResource.Tag(state, language);
        return TypedResults.Created(
            $"/v1/applications/{state.Number.Value}", ApplicationResource.Of(state, definition, packages, language));
    }

    private static string? Violated(DbUpdateException fault) =>
        fault.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation,
            ConstraintName: var name
        }
            ? name
            : null;

    private static byte[] Hash(SubmitRequest request) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            request.Package, request.Region, request.Channel, request.Input.GetRawText(),
            request.Representation?.Authority, request.Representation?.Reference
        }));
}
