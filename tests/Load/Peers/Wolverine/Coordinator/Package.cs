using System.Buffers;
using System.Text.Json;
using Mpp.Contracts.Packages;

namespace Mpp.Peers.Coordinator;

/// <summary>The mall's own definition of the package <c>birth</c>.</summary>
internal static class Package
{
    public static readonly PackageDefinition Birth = Read();

    private static readonly Dictionary<string, JsonElement> NoOutputs = [];

    /// <summary>Whether a step is done at all: in this package it asks only whether a field is there.</summary>
    public static bool Applies(StepDefinition step, JsonElement input) =>
        step.When?.Value is not { } pointer || Resolve(pointer, input, NoOutputs) is not null;

    /// <summary>The fields that the definition maps to a step, from the form and from earlier answers.</summary>
    public static JsonElement Inputs(
        StepDefinition step, JsonElement input, IReadOnlyDictionary<string, JsonElement> outputs)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (field, pointer) in step.Inputs)
            {
                if (Resolve(pointer, input, outputs) is { } value)
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

    private static JsonElement? Resolve(
        string pointer, JsonElement input, IReadOnlyDictionary<string, JsonElement> outputs)
    {
        var tokens = pointer.Split('/');
        var (value, next) = tokens[1] == "input"
            ? (input, 2)
            : outputs.TryGetValue(tokens[2], out var output) ? (output, 3) : (default, tokens.Length);
        for (; next < tokens.Length; next++)
        {
            if (!value.TryGetProperty(tokens[next], out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.Undefined ? null : value;
    }

    private static PackageDefinition Read()
    {
        using var json = typeof(Package).Assembly.GetManifestResourceStream("birth.json")!;
        return JsonSerializer.Deserialize<PackageDefinition>(json, JsonSerializerOptions.Web)!;
    }
}
