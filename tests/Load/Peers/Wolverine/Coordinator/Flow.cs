using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Peers.Coordinator;

/// <summary>What follows in an application: rows are changed, and what must be sent comes back.</summary>
internal sealed class Flow(CoordinatorDb db, Application application, DateTimeOffset now)
{
    private const string Waiting = "waiting";
    private const string Requested = "requested";
    private const string Skipped = "skipped";
    private const string Completed = "completed";

    public Outcome Submit(JsonElement input)
    {
        foreach (var step in Package.Birth.Steps)
        {
            application.Steps.Add(new Step { StepId = step.Id, Service = step.Service, Status = Waiting });
        }

        application.Status = "in-progress";
        db.Add(application);
        Note("application-submitted", new
        {
            application.Id,
            Steps = application.Steps.Select(s => s.StepId),
            application.Client,
            application.Number,
            application.Region,
            application.Channel,
            application.Package,
            application.PackageVersion,
        });
        return Advance(input);
    }

    /// <summary>Nothing when the answer has come before.</summary>
    public Outcome Complete(StepCompleted answer)
    {
        var step = application.Steps.Single(s => s.StepId == answer.Step.StepId);
        if (step.Status != Requested)
        {
            return Outcome.Nothing;
        }

        (step.Status, step.CompletedAt, step.Outputs, step.Documents) = (Completed, now,
            answer.Outputs.GetRawText(), JsonSerializer.Serialize(answer.Documents, JsonSerializerOptions.Web));
        Note("step-completed", new { Step = step.StepId, step.Attempt, answer.Documents });
        using var input = JsonDocument.Parse(application.Input);
        return Advance(input.RootElement);
    }

    private Outcome Advance(JsonElement input)
    {
        var requests = new List<StepRequest>();
        foreach (var definition in Package.Birth.Steps)
        {
            var step = application.Steps.Single(s => s.StepId == definition.Id);
            if (step.Status == Waiting && definition.Needs.All(IsOver))
            {
                if (Package.Applies(definition, input))
                {
                    requests.Add(Request(definition, step, input));
                }
                else
                {
                    step.Status = Skipped;
                    Note("step-skipped", new { Step = step.StepId, Reason = "not-applicable" });
                }
            }
        }

        if (application.Steps.TrueForAll(s => IsOver(s.StepId)))
        {
            (application.Status, application.EndedAt) = (Completed, now);
            Note("application-ended", new { Status = Completed, EraseAt = now.AddDays(Package.Birth.Retention.Days) });
        }

        return new Outcome(requests, Changed());
    }

    private StepRequest Request(Contracts.Packages.StepDefinition definition, Step step, JsonElement input)
    {
        var due = now.AddDays(1);
        (step.Status, step.RequestedAt, step.DueAt) = (Requested, now, due);
        Note("step-requested", new
        {
            Step = step.StepId,
            DueAt = due,
            WarnAt = due.AddHours(-6),
            step.Attempt,
            step.Service,
            StallsAt = now.AddHours(1),
        });
        var outputs = application.Steps.Where(s => s.Outputs is not null)
            .ToDictionary(s => s.StepId, s => JsonElement.Parse(s.Outputs!));
        return new StepRequest
        {
            Step = new StepRef(application.Id, step.StepId, step.Attempt),
            ApplicationNumber = ApplicationNumber.Parse(application.Number),
            Service = step.Service,
            Region = RegionCode.Parse(application.Region),
            Channel = application.Channel,
            Inputs = Package.Inputs(definition, input, outputs),
            DueAt = due,
        };
    }

    private ApplicationChanged Changed() => new()
    {
        ApplicationId = application.Id,
        ApplicationNumber = ApplicationNumber.Parse(application.Number),
        Sequence = application.Sequence,
        Package = application.Package,
        PackageVersion = application.PackageVersion,
        Region = RegionCode.Parse(application.Region),
        Status = application.EndedAt is null ? ApplicationStatus.InProgress : ApplicationStatus.Completed,
        Steps = application.Steps.ToDictionary(s => s.StepId, s => s.Status switch
        {
            Waiting => StepStatus.Waiting,
            Requested => StepStatus.Requested,
            Skipped => StepStatus.Skipped,
            _ => StepStatus.Completed,
        }),
        At = now,
    };

    private bool IsOver(string stepId) =>
        application.Steps.Single(s => s.StepId == stepId).Status is Completed or Skipped;

    private void Note(string kind, object data)
    {
        application.UpdatedAt = now;
        db.Add(new TimelineEntry
        {
            ApplicationId = application.Id,
            Sequence = ++application.Sequence,
            At = now,
            Kind = kind,
            Data = JsonSerializer.Serialize(data, JsonSerializerOptions.Web),
        });
    }
}
