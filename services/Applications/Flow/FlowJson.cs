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
[JsonSerializable(typeof(StepAskedAgain))]
[JsonSerializable(typeof(CorrectionGiven))]
[JsonSerializable(typeof(FeeBilled))]
[JsonSerializable(typeof(FeePaid))]
[JsonSerializable(typeof(FeePaidTooLate))]
[JsonSerializable(typeof(StepLapsed))]
[JsonSerializable(typeof(StepRefiled))]
[JsonSerializable(typeof(DeadlineNear))]
[JsonSerializable(typeof(DeadlinePassed))]
[JsonSerializable(typeof(DeadlineMoved))]
[JsonSerializable(typeof(StepGrantedByLaw))]
[JsonSerializable(typeof(UndoAsked))]
[JsonSerializable(typeof(StepUndone))]
[JsonSerializable(typeof(UndoRefused))]
[JsonSerializable(typeof(StepSeenTo))]
[JsonSerializable(typeof(ChannelChanged))]
[JsonSerializable(typeof(CancellationAsked))]
[JsonSerializable(typeof(CancellationDropped))]
[JsonSerializable(typeof(OperatorActed))]
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
        ["step-asked-again"] = Context.StepAskedAgain,
        ["correction-given"] = Context.CorrectionGiven,
        ["fee-billed"] = Context.FeeBilled,
        ["fee-paid"] = Context.FeePaid,
        ["fee-paid-too-late"] = Context.FeePaidTooLate,
        ["step-lapsed"] = Context.StepLapsed,
        ["step-refiled"] = Context.StepRefiled,
        ["deadline-near"] = Context.DeadlineNear,
        ["deadline-passed"] = Context.DeadlinePassed,
        ["deadline-moved"] = Context.DeadlineMoved,
        ["step-deemed-granted"] = Context.StepGrantedByLaw,
        ["step-cancelling"] = Context.UndoAsked,
        ["step-cancelled"] = Context.StepUndone,
        ["step-cancellation-refused"] = Context.UndoRefused,
        ["step-seen-to"] = Context.StepSeenTo,
        ["channel-changed"] = Context.ChannelChanged,
        ["cancellation-requested"] = Context.CancellationAsked,
        ["cancellation-dropped"] = Context.CancellationDropped,
        ["operator-acted"] = Context.OperatorActed,
        ["reply-ignored"] = Context.ReplyIgnored,
        ["application-ended"] = Context.ApplicationEnded,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Kinds = ByKind.ToFrozenDictionary(p => p.Value.Type, p => p.Key);

    /// <summary>Everything that a timeline can say.</summary>
    public static IEnumerable<string> AllKinds => ByKind.Keys;

    public static string Kind(TimelineEvent happened) => Kinds[happened.GetType()];

    public static string Write(TimelineEvent happened) => JsonSerializer.Serialize(happened, ByKind[Kind(happened)]);

    /// <summary>Reads an event back, without its personal data.</summary>
    public static TimelineEvent Read(string kind, string data) => (TimelineEvent)JsonSerializer.Deserialize(data, ByKind[kind])!;

    public static string Write(ApplicationState state) => JsonSerializer.Serialize(state, Context.ApplicationState);

    public static ApplicationState ReadState(string state) => JsonSerializer.Deserialize(state, Context.ApplicationState)!;
}
