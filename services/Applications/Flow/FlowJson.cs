using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Mpp.Applications.Flow;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApplicationState))]
[JsonSerializable(typeof(Event.ApplicationSubmitted))]
[JsonSerializable(typeof(Event.StepRequested))]
[JsonSerializable(typeof(Event.StepAccepted))]
[JsonSerializable(typeof(Event.StepCompleted))]
[JsonSerializable(typeof(Event.StepRefused))]
[JsonSerializable(typeof(Event.CorrectionRequested))]
[JsonSerializable(typeof(Event.FeeRequested))]
[JsonSerializable(typeof(Event.StepSkipped))]
[JsonSerializable(typeof(Event.StepStalled))]
[JsonSerializable(typeof(Event.StepRetried))]
[JsonSerializable(typeof(Event.StepCorrected))]
[JsonSerializable(typeof(Event.FeeBilled))]
[JsonSerializable(typeof(Event.FeePaid))]
[JsonSerializable(typeof(Event.FeePaidTooLate))]
[JsonSerializable(typeof(Event.FeeRefundDue))]
[JsonSerializable(typeof(Event.FeePaidBack))]
[JsonSerializable(typeof(Event.StepLapsed))]
[JsonSerializable(typeof(Event.StepRefiled))]
[JsonSerializable(typeof(Event.StepDueSoon))]
[JsonSerializable(typeof(Event.StepOverdue))]
[JsonSerializable(typeof(Event.DeadlineExtended))]
[JsonSerializable(typeof(Event.StepDeemedGranted))]
[JsonSerializable(typeof(Event.StepCancellationRequested))]
[JsonSerializable(typeof(Event.StepCancelled))]
[JsonSerializable(typeof(Event.StepCancellationRefused))]
[JsonSerializable(typeof(Event.StepClosed))]
[JsonSerializable(typeof(Event.ChannelChanged))]
[JsonSerializable(typeof(Event.CancellationRequested))]
[JsonSerializable(typeof(Event.CancellationDropped))]
[JsonSerializable(typeof(Event.OperatorActed))]
[JsonSerializable(typeof(Event.ReplyIgnored))]
[JsonSerializable(typeof(Event.ReplyRejected))]
[JsonSerializable(typeof(Event.ApplicationEnded))]
[JsonSerializable(typeof(Event.PersonalDataErased))]
internal sealed partial class FlowJsonContext : JsonSerializerContext;

/// <summary>
/// State and events as they are stored. A kind's name and form stay for ever: timelines of years ago are read with
/// them. A new property must have a default; anything else is a new kind.
/// </summary>
internal static class FlowJson
{
    private static readonly FlowJsonContext Context = FlowJsonContext.Default;

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByKind = typeof(Event)
        .GetNestedTypes(BindingFlags.NonPublic)
        .ToFrozenDictionary(type => KindOf(type), type => Context.GetTypeInfo(type)!, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Kinds =
        ByKind.ToFrozenDictionary(kind => kind.Value.Type, kind => kind.Key);

    /// <summary>Everything that a timeline can say.</summary>
    public static IEnumerable<string> AllKinds => ByKind.Keys;

    public static string Kind(Event happened) => Kinds[happened.GetType()];

    public static string Write(Event happened) => JsonSerializer.Serialize(happened, ByKind[Kind(happened)]);

    /// <summary>Reads an event back, without its personal data.</summary>
    public static Event Read(string kind, string data) => (Event)JsonSerializer.Deserialize(data, ByKind[kind])!;

    public static string Write(ApplicationState state) => JsonSerializer.Serialize(state, Context.ApplicationState);

    public static ApplicationState ReadState(string state) =>
        JsonSerializer.Deserialize(state, Context.ApplicationState)!;

    /// <summary>The event's own name in kebab-case: code, database and API use the same word.</summary>
    private static string KindOf(Type type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name);
}
