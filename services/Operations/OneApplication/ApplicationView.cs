using System.Text.Json;

namespace Mpp.Operations.OneApplication;

/// <summary>What the page shows of an application.</summary>
/// <param name="Source">Whether the coordinator was asked, or only the console's own copy.</param>
/// <param name="Next">Who acts next, in words.</param>
public sealed record ApplicationView(
    string Number, string Package, int PackageVersion, string Region, string Channel, ApplicationStatus Status,
    string? StatusText, DateTimeOffset SubmittedAt, DateTimeOffset UpdatedAt, DateTimeOffset? EndedAt,
    Source Source, IReadOnlyList<NextToActView> Next, IReadOnlyList<StepView> Steps, IReadOnlyList<EntryView> Timeline);

/// <summary>Where what is shown comes from.</summary>
public enum Source
{
    /// <summary>The coordinator.</summary>
    Coordinator,

    /// <summary>The console's own copy: the coordinator does not answer.</summary>
    OwnCopy,
}

/// <summary>Who acts next.</summary>
public sealed record NextToActView(string Name, DateTimeOffset? Until);

/// <summary>A step.</summary>
/// <param name="Numbers">What leads to a person's file: the agency's file number and those of documents.</param>
public sealed record StepView(
    string Id, string Service, StepStatus Status, string? StatusText, int Attempt, DateTimeOffset Since,
    DateTimeOffset? DueAt, Party? WaitsFor, IReadOnlyList<string> Matters, IReadOnlyList<string> Acts,
    IReadOnlyList<ReasonView> Reasons, string? BillingCode, IReadOnlyList<string> Numbers)
{
    public string Agency => Service.Split('/')[0];
}

/// <summary>A reason of a refusal or a correction.</summary>
public sealed record ReasonView(string Requirement, string? Text);

/// <summary>An entry of the timeline.</summary>
public sealed record EntryView(
    long Sequence, DateTimeOffset At, string Kind, string? Text, string? Step, string? By, string? Reason,
    string? TraceId, Uri? Trace);

/// <summary>Reads the interface's JSON; what is not there is left out, and what is new is passed over.</summary>
internal static class ApiJson
{
    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static DateTimeOffset? Moment(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            && value.TryGetDateTimeOffset(out var moment) ? moment : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    public static JsonElement? Part(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : null;
}
