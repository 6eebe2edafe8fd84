using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Mpp.Contracts;

/// <summary>A text in JSON that breaks <see cref="TextRule"/>.</summary>
/// <param name="Pointer">Where it is: a JSON Pointer (RFC 6901).</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record JsonTextFault(string Pointer, TextFault Fault);

/// <summary>A piece of JSON whose texts have been read.</summary>
/// <param name="Json">The JSON with its texts as they are compared and stored; as it came where there is a
/// fault.</param>
/// <param name="Changed">Whether <paramref name="Json"/> differs from what came.</param>
/// <param name="Faults">Each with its place; empty when all is good.</param>
public sealed record JsonTextsRead(JsonElement Json, bool Changed, IReadOnlyList<JsonTextFault> Faults);

/// <summary>All texts in a piece of JSON, held to <see cref="TextRule"/>. Names of members are not texts.</summary>
public static class JsonTexts
{
    /// <summary>Reads every text, at any depth.</summary>
    /// <param name="given">Any JSON.</param>
    /// <param name="root">The pointer of the whole, where it is a part of something.</param>
    public static JsonTextsRead Read(JsonElement given, string root = "")
    {
        var faults = new List<JsonTextFault>();
        var changes = false;
        Check(given, root, faults, ref changes);
        return changes && faults.Count == 0 ? new(Rewritten(given), Changed: true, []) : new(given, false, faults);
    }

    private static void Check(JsonElement value, string pointer, List<JsonTextFault> faults, ref bool changes)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when Text(value) is { } given:
                if (TextRule.Read(given, out var text) is { } fault)
                {
                    faults.Add(new(pointer, fault));
                }

                changes |= !ReferenceEquals(text, given);
                break;
            case JsonValueKind.String:
                faults.Add(new(pointer, TextFault.DamagedText));
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (Name(member) is { } name)
                    {
                        Check(member.Value, $"{pointer}/{PointerToken.Escape(name)}", faults, ref changes);
                    }
                    else
                    {
                        faults.Add(new(pointer, TextFault.DamagedText));
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Check(item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}"), faults, ref changes);
                }

                break;
        }
    }

    private static JsonElement Rewritten(JsonElement given)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(given, writer);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                TextRule.Read(value.GetString()!, out var text);
                writer.WriteStringValue(text);
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    // An escape of half a surrogate pair is well-formed JSON, but it is not a text.
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
