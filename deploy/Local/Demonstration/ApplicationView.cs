namespace Mpp.Local.Demonstration;

/// <summary>The parts of the gateway's answers that the demonstration shows.</summary>
internal sealed record ApplicationView(
    string Number, string Title, string Status, string StatusText, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt,
    IReadOnlyList<StepView> Steps)
{
    public bool Ended => EndedAt is not null;

    public bool Completed => Status == "completed";
}

internal sealed record StepView(
    string Id, string ServiceName, string AgencyName, string Status, string StatusText,
    DateTimeOffset Since, IReadOnlyList<DocumentView> Documents, IReadOnlyList<ReasonView> Reasons, FeeView? Fee);

internal sealed record FeeView(long AmountRupiah, string? BillingCode, bool Paid);

internal sealed record DocumentView(string Kind, string Number, DateOnly ValidFrom, DateOnly? ValidUntil);

internal sealed record ReasonView(string Requirement, string Text);

internal sealed record TimelineView(IReadOnlyList<TimelineEntryView> Items);

internal sealed record TimelineEntryView(long Sequence, DateTimeOffset At, string Kind, JsonElement Data)
{
    public string? Step =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty("step", out var step) ? step.GetString() : null;
}

/// <summary>What became of an application of the demonstration.</summary>
internal sealed record Outcome(ApplicationView Application, TimelineView Timeline, string TraceId)
{
    /// <summary>
    /// From the request to the agency's answer; <see langword="null"/> for a step that was not asked for.
    /// </summary>
    public TimeSpan? TimeOf(string step)
    {
        var entries = Timeline.Items.Where(entry => entry.Step == step).ToList();
        return entries.Find(entry => entry.Kind == "step-requested") is { } first
            && entries[^1].Kind != "step-requested"
            ? entries[^1].At - first.At
            : null;
    }
}
