using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mpp.Contracts;

/// <summary>
/// Writes a value type as its text and reads it back with <see cref="IParsable{TSelf}"/>; a text that does not parse is
/// a <see cref="JsonException"/>.
/// </summary>
/// <typeparam name="T">A value type whose <c>ToString</c> and <c>Parse</c> are inverse to each other.</typeparam>
public sealed class ParsableJsonConverter<T> : JsonConverter<T> where T : IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), provider: null, out var value)
            ? value
            : throw new JsonException($"The value is not a valid {typeof(T).Name}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
