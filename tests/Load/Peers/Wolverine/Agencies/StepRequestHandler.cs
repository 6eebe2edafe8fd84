using System.Text.Json;
using Mpp.Contracts.Steps;

namespace Mpp.Peers.Agencies;

/// <summary>Does a step once and answers; register, answer and reply leave in one transaction.</summary>
public static class StepRequestHandler
{
    public static async Task<StepCompleted> Handle(
        StepRequest request, AgencyDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var work = new Work(db, request, DateOnly.FromDateTime(now.UtcDateTime));
        var done = await work.DoAsync(cancellationToken);
        if (done.Again is { } answer)
        {
            return JsonSerializer.Deserialize<StepCompleted>(answer, JsonSerializerOptions.Web)!;
        }

        var completed = new StepCompleted
        {
            Step = request.Step,
            Outputs = JsonSerializer.SerializeToElement(done.Outputs, JsonSerializerOptions.Web),
            Documents = done.Document is { } document ? [document] : [],
            DecidedAt = now,
        };
        db.Add(new StepRow
        {
            ApplicationId = request.Step.ApplicationId,
            StepId = request.Step.StepId,
            Attempt = request.Step.Attempt,
            Service = request.Service,
            ApplicationNumber = request.ApplicationNumber.Value,
            Region = request.Region.Value,
            Channel = request.Channel,
            ReceivedAt = now,
            DueAt = request.DueAt,
            Answer = JsonSerializer.Serialize(completed, JsonSerializerOptions.Web),
        });
        return completed;
    }
}
