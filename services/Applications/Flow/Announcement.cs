namespace Mpp.Applications.Flow;

/// <summary>What everybody is told of an application: where it stands, and what has just happened to it.</summary>
internal static class Announcement
{
    /// <param name="definition">The version that the application is pinned to.</param>
    /// <param name="state">The application after the entries.</param>
    /// <param name="entries">What is told of its timeline, oldest first.</param>
    public static ApplicationChanged Of(
        PackageDefinition definition, ApplicationState state, IEnumerable<ChangedEntry> entries) => new()
        {
            ApplicationId = state.Id,
            ApplicationNumber = state.Number,
            Sequence = state.Sequence,
            Package = state.Package,
            PackageVersion = state.PackageVersion,
            Region = state.Region,
            Status = state.Status,
            Steps = state.Steps.ToDictionary(s => s.Id, s => s.Status, StringComparer.Ordinal),
            At = state.UpdatedAt,
            Channel = state.Channel,
            SubmittedAt = state.SubmittedAt,
            EndedAt = state.EndedAt,
            StepsInDetail = [.. definition.Steps.Select(d => Step(d, state.Step(d.Id)))],
            Entries = [.. entries],
        };

    /// <summary>An entry as others are told of it; <see langword="null"/> for a note of an ignored reply.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="after">The application right after it.</param>
    public static ChangedEntry? Entry(TimelineEntry entry, ApplicationState after)
    {
        if (entry.Event is Event.ReplyIgnored)
        {
            return null;
        }

        var step = entry.Event is StepEvent e ? after.Step(e.Step) : null;
        var ends = entry.Event is Event.StepCompleted or Event.StepRefused or Event.StepDeemedGranted
            or Event.StepLapsed;
        return new ChangedEntry
        {
            Sequence = entry.Sequence,
            At = entry.At,
            Kind = FlowJson.Kind(entry.Event),
            Step = step?.Id ?? (entry.Event as Event.OperatorActed)?.Step,
            Attempt = step?.Attempt,
            Ended = (entry.Event as Event.ApplicationEnded)?.Status,
            Requirements = entry.Event switch
            {
                Event.StepRefused r => Codes(r.Reasons),
                Event.CorrectionRequested c => Codes(c.Items),
                _ => [],
            },
            SecondsWithAgency = ends ? step!.TimeWithAgency.TotalSeconds : null,
            Late = ends && step!.DueAt is not null ? step.Overdue || entry.Event is Event.StepDeemedGranted : null,
        };
    }

    private static ChangedStep Step(StepDefinition definition, StepState step)
    {
        var next = NextToAct.Of(step);
        return new ChangedStep
        {
            Id = step.Id,
            Service = definition.Service,
            Status = step.Status,
            Attempt = step.Attempt,
            Since = step.Since,
            DueAt = step.DueAt,
            WaitsFor = next?.Party,
            WaitsUntil = next?.Until,
            Matters = [.. step.Matters.Select(matter => Kebab.Of(matter))],
            Acts = [.. Acts.Possible(definition, step).Select(act => Kebab.Of(act))],
            Requirements = Codes(step.Reasons),
            BillingCode = step.Fee?.BillingCode,
        };
    }

    private static IReadOnlyList<string> Codes(IEnumerable<StepReason> reasons) =>
        [.. reasons.Select(reason => reason.Requirement).Distinct(StringComparer.Ordinal)];
}
