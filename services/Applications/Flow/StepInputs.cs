using System.Buffers;
using System.Text.Json;
using Mpp.Contracts.Packages;

namespace Mpp.Applications.Flow;

/// <summary>What a step's agency gets to see: the mapped fields and nothing else.</summary>
internal static class StepInputs
{
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
