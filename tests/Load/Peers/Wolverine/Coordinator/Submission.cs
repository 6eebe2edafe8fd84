using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Mpp.Contracts;
using Wolverine.EntityFrameworkCore;

namespace Mpp.Peers.Coordinator;

/// <summary>What an integrator sends: the mall's own form.</summary>
public sealed record SubmitRequest(string Package, string Region, string Channel, JsonElement Input);

/// <summary>What the integrator gets back.</summary>
public sealed record Submitted(Guid Id, string Number);

/// <summary>Files an application: its rows and the first steps' requests in one transaction, or nothing.</summary>
internal static class Submission
{
    public static async Task<Accepted<Submitted>> HandleAsync(
        SubmitRequest request, IDbContextOutbox<CoordinatorDb> outbox, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var region = RegionCode.Parse(request.Region);
        var application = new Application
        {
            Id = Guid.CreateVersion7(now),
            Number = ApplicationNumber.New(region, DateOnly.FromDateTime(now.UtcDateTime)).Value,
            Package = request.Package,
            PackageVersion = Package.Birth.Version,
            Region = request.Region,
            Channel = request.Channel,
            Client = "portal",
            Input = request.Input.GetRawText(),
            SubmittedAt = now,
        };
        await new Flow(outbox.DbContext, application, now).Submit(request.Input).SendAsync(outbox);
        await outbox.SaveChangesAndFlushMessagesAsync(cancellationToken);
        return TypedResults.Accepted(
            $"/applications/{application.Number}", new Submitted(application.Id, application.Number));
    }
}
