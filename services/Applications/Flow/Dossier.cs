using System.Collections.Immutable;
using System.Text.Json;

namespace Mpp.Applications.Flow;

/// <summary>The personal data of an application: what the applicant gave, and what the agencies gave back.</summary>
internal sealed record Dossier(ImmutableDictionary<string, JsonElement> Parts)
{
    public const string InputPart = "input";

    public static Dossier Empty { get; } = new(ImmutableDictionary<string, JsonElement>.Empty);

    public static string StepPart(string step) => $"steps/{step}";

    public Dossier With(IHoldsPersonalData content) => new(Parts.SetItem(content.Part, content.Content));

    /// <summary>The value at <c>/input/…</c> or <c>/steps/{step id}/…</c>; nothing there, or a null, gives <see langword="null"/>.</summary>
    public JsonElement? Resolve(string pointer)
    {
        var tokens = JsonPointer.Split(pointer);
        var (part, used) = tokens switch
        {
            ["input", ..] => (InputPart, 1),
            ["steps", var step, ..] => (StepPart(step), 2),
            _ => ("", 0),
        };
        return Parts.TryGetValue(part, out var content) ? JsonPointer.Resolve(content, tokens.AsSpan(used)) : null;
    }
}
