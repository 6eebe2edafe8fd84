using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mpp.Applications.Flow;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApplicationState))]
[JsonSerializable(typeof(ApplicationSubmitted))]
[JsonSerializable(typeof(StepRequested))]
[JsonSerializable(typeof(StepTaken))]
[JsonSerializable(typeof(StepDone))]
[JsonSerializable(typeof(StepRefused))]
[JsonSerializable(typeof(StepNeedsCorrection))]
[JsonSerializable(typeof(StepNeedsPayment))]
[JsonSerializable(typeof(StepSkipped))]
[JsonSerializable(typeof(StepStalled))]
[JsonSerializable(typeof(ReplyIgnored))]
[JsonSerializable(typeof(ApplicationEnded))]
internal sealed partial class FlowJsonContext : JsonSerializerContext;

/// <summary>
/// State and events as they are stored. A kind's name and form stay for ever: timelines of years ago are read with them. A new
/// property must have a default; anything else is a new kind.
/// </summary>
internal static class FlowJson
{
    private static readonly FlowJsonContext Context = FlowJsonContext.Default;

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByKind = new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal)
    {
        ["application-submitted"] = Context.ApplicationSubmitted,
        ["step-requested"] = Context.StepRequested,
        ["step-accepted"] = Context.StepTaken,
        ["step-completed"] = Context.StepDone,
        ["step-rejected"] = Context.StepRefused,
        ["correction-requested"] = Context.StepNeedsCorrection,
        ["payment-requested"] = Context.StepNeedsPayment,
        ["step-skipped"] = Context.StepSkipped,
        ["step-stalled"] = Context.StepStalled,
        ["reply-ignored"] = Context.ReplyIgnored,
        ["application-ended"] = Context.ApplicationEnded,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Kinds = ByKind.ToFrozenDictionary(p => p.Value.Type, p => p.Key);

    public static string Kind(TimelineEvent happened) => Kinds[happened.GetType()];

    public static string Write(TimelineEvent happened) => JsonSerializer.Serialize(happened, ByKind[Kind(happened)]);

    /// <summary>Reads an event back, without its personal data.</summary>
    public static TimelineEvent Read(string kind, string data) => (TimelineEvent)JsonSerializer.Deserialize(data, ByKind[kind])!;

    public static string Write(ApplicationState state) => JsonSerializer.Serialize(state, Context.ApplicationState);

    public static ApplicationState ReadState(string state) => JsonSerializer.Deserialize(state, Context.ApplicationState)!;
}
