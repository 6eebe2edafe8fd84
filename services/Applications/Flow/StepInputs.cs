using System.Buffers;

namespace Mpp.Applications.Flow;

/// <summary>What a step's agency gets to see: the mapped fields and nothing else.</summary>
internal static class StepInputs
{
    /// <summary>The steps whose outputs a step reads, in its inputs or its condition.</summary>
    public static IEnumerable<string> Sources(StepDefinition step) =>
        step.Inputs.Values.Concat(Pointers(step.When))
            .Select(JsonPointer.Split).Where(t => t is ["steps", _, ..]).Select(t => t[1]);

    /// <summary>The pointers that a condition reads.</summary>
    public static IEnumerable<string> Pointers(StepCondition? condition) => condition switch
    {
        null => [],
        { Value: { } pointer } => [pointer],
        _ => (condition.All ?? []).Concat(condition.Any ?? []).Append(condition.Not).SelectMany(Pointers),
    };

    /// <summary>
    /// The field of the form, <c>/input/…</c>, that a pointer into a step's inputs leads to;
    /// <see langword="null"/> when its value came from elsewhere.
    /// </summary>
    public static string? InForm(StepDefinition step, string? pointer)
    {
        if (pointer is null || JsonPointer.Split(pointer) is not [var field, .. var rest]
            || !step.Inputs.TryGetValue(field, out var source))
        {
            return null;
        }

        return source.StartsWith("/input/", StringComparison.Ordinal)
            ? source + string.Concat(rest.Select(token => "/" + PointerToken.Escape(token)))
            : null;
    }

    public static JsonElement Map(StepDefinition step, Dossier dossier)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (field, pointer) in step.Inputs)
            {
                if (dossier.Resolve(pointer) is { } value)
                {
                    writer.WritePropertyName(field);
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
