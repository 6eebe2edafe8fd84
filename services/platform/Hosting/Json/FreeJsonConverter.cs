using System.Text.Json;
using System.Text.Json.Serialization;
using Mpp.Contracts;

namespace Mpp.Hosting.Json;

/// <summary>
/// Reads free JSON, a form for example. A name that is there twice is refused, as everywhere, but here with its own
/// place: the serializer would name only the whole form.
/// </summary>
internal sealed class FreeJsonConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        try
        {
            return Repeated(value) is { } pointer ? throw new RepeatedNameException(pointer) : value;
        }
        catch (InvalidOperationException fault)
        {
            throw new JsonException("A name has characters that no text can have.", fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        value.WriteTo(writer);

    /// <summary>The pointer of the first name that is there twice.</summary>
    private static string? Repeated(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    var here = $"/{PointerToken.Escape(member.Name)}";
                    if (!names.Add(member.Name))
                    {
                        return here;
                    }

                    if (Repeated(member.Value) is { } inside)
                    {
                        return here + inside;
                    }
                }

                return null;
            case JsonValueKind.Array:
                return value.EnumerateArray().Select((item, i) => Repeated(item) is { } inside ? $"/{i}{inside}" : null)
                    .FirstOrDefault(inside => inside is not null);
            default:
                return null;
        }
    }
}

/// <summary>A name is there more than once in free JSON.</summary>
/// <param name="pointer">Where it is: a pointer into the free JSON.</param>
internal sealed class RepeatedNameException(string pointer) : JsonException("A name is there more than once.")
{
    public string Pointer { get; } = pointer;
}
