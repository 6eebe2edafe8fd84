namespace Mpp.Applications.Flow;

/// <summary>
/// The personal data of an application: what the applicant gave at first, what was changed in it since (both are kept),
/// and what the agencies gave back.
/// </summary>
internal sealed class Dossier(ImmutableDictionary<string, JsonElement> parts)
{
    public const string InputPart = "input";

    private const string Changes = "changes/";

    private readonly Lazy<JsonElement?> _input = new(() => Changed(parts));

    public ImmutableDictionary<string, JsonElement> Parts => parts;

    public static Dossier Empty { get; } = new(ImmutableDictionary<string, JsonElement>.Empty);

    /// <summary>What an applicant would give.</summary>
    public static Dossier Of(JsonElement input) => new(Empty.Parts.Add(InputPart, input));

    /// <summary>What the applicant gave, with all changes; <see langword="null"/> once it is erased.</summary>
    public JsonElement? Input => _input.Value;

    public static string StepPart(string step) => $"steps/{step}";

    /// <summary>Numbered so that the order of the names is the order of the changes.</summary>
    public static string ChangePart(int number) => string.Create(CultureInfo.InvariantCulture, $"{Changes}{number:D4}");

    public Dossier With(IHoldsPersonalData content) => new(Parts.SetItem(content.Part, content.Content));

    /// <summary>The same, with the outputs that an agency foresees.</summary>
    public Dossier Foreseeing(string step, JsonElement outputs) => new(Parts.SetItem(StepPart(step), outputs));

    /// <summary>
    /// The value at <c>/input/…</c> or <c>/steps/{step id}/…</c>; nothing there, or a null, gives
    /// <see langword="null"/>.
    /// </summary>
    public JsonElement? Resolve(string pointer) => JsonPointer.Split(pointer) switch
    {
        ["input", .. var rest] => Input is { } input ? JsonPointer.Resolve(input, rest) : null,
        ["steps", var step, .. var rest] =>
            Parts.TryGetValue(StepPart(step), out var outputs) ? JsonPointer.Resolve(outputs, rest) : null,
        _ => null,
    };

    private static JsonElement? Changed(ImmutableDictionary<string, JsonElement> parts)
    {
        if (!parts.TryGetValue(InputPart, out var input))
        {
            return null;
        }

        var changes = parts.Where(p => p.Key.StartsWith(Changes, StringComparison.Ordinal))
            .OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        return changes.Count == 0
            ? input
            : changes.Aggregate(input, (changed, change) => JsonPointer.Set(changed, change.Value));
    }
}
