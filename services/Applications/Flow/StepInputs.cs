using System.Buffers;
using System.Text.Json;
using Mpp.Contracts.Packages;

namespace Mpp.Applications.Flow;

/// <summary>What a step's agency gets to see: the mapped fields and nothing else.</summary>
internal static class StepInputs
{
    /// <summary>The steps whose outputs a step reads, in its inputs or its condition.</summary>
    public static IEnumerable<string> Sources(StepDefinition step) =>
        step.Inputs.Values.Concat(Pointers(step.When)).Select(JsonPointer.Split).Where(t => t is ["steps", _, ..]).Select(t => t[1]);

    /// <summary>The pointers that a condition reads.</summary>
    public static IEnumerable<string> Pointers(StepCondition? condition) => condition switch
    {
        null => [],
        { Value: { } pointer } => [pointer],
        _ => (condition.All ?? []).Concat(condition.Any ?? []).Append(condition.Not).SelectMany(Pointers),
    };

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
