using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Mpp.Hosting.Description;

namespace Mpp.Hosting.OpenApi;

/// <summary>The limits of texts, numbers and lists in schemas.</summary>
internal static class Limits
{
    /// <summary>Formats of texts, each with the greatest length that is written and an example.</summary>
    private static readonly Dictionary<string, (int MaxLength, string Example)> Forms = new(StringComparer.Ordinal)
    {
        ["date-time"] = (35, "2026-11-22T10:00:00+08:00"),
        ["date"] = (10, "2026-11-22"),
        ["uuid"] = (36, "0198c0de-5a1f-7cc4-9d2e-3f4a5b6c7d8e"),
    };

    /// <summary>A moment, a date or an id; the generator does not say that a moment is text.</summary>
    public static OpenApiSchema Of(string format)
    {
        var schema = new OpenApiSchema { Format = format };
        Moment(schema);
        return schema;
    }

    public static void Moment(OpenApiSchema schema)
    {
        if (schema.Format is { } format && Forms.TryGetValue(format, out var form))
        {
            schema.Type = JsonSchemaType.String;
            schema.MaxLength = form.MaxLength;
            schema.Examples = [JsonValue.Create(form.Example)];
        }
    }

    /// <summary>Sets the limits that a member or parameter says itself, else those of its word.</summary>
    /// <exception cref="InvalidOperationException">It could be of any size.</exception>
    public static void Apply(OpenApiSchema schema, string? owner, string name, IReadOnlyList<object> attributes)
    {
        Apply(schema, attributes);
        var word = Word.Find(owner, attributes.OfType<WordAttribute>().FirstOrDefault()?.Word ?? name);
        word?.ApplyTo(schema);
        if (Word.Is(schema, JsonSchemaType.Array))
        {
            schema.MaxItems ??= (word ?? Word.Any).MaxItems;
            if (schema.Items is OpenApiSchema items)
            {
                word?.ApplyTo(items);
                Check(items, $"{owner}.{name}[]");
            }
        }

        Check(schema, $"{owner}.{name}");
    }

    private static void Apply(OpenApiSchema schema, IReadOnlyList<object> attributes)
    {
        foreach (var attribute in attributes)
        {
            switch (attribute)
            {
                case StringLengthAttribute length:
                    schema.MaxLength = length.MaximumLength;
                    schema.MinLength = length.MinimumLength > 0 ? length.MinimumLength : null;
                    break;
                case MaxLengthAttribute most when Word.Is(schema, JsonSchemaType.Array):
                    schema.MaxItems = most.Length;
                    break;
                case MaxLengthAttribute most:
                    schema.MaxLength = most.Length;
                    break;
                case TextFormAttribute form:
                    (schema.MaxLength, schema.Pattern) = (form.MaxLength, form.Pattern);
                    break;
                case RangeAttribute range:
                    schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                    schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                    break;
            }
        }
    }

    private static void Check(OpenApiSchema schema, string where)
    {
        var isOpenText = Word.Is(schema, JsonSchemaType.String) && schema is { MaxLength: null, Enum: null };
        var isOpenNumber =
            Word.Is(schema, JsonSchemaType.Integer) && (schema.Minimum is null || schema.Maximum is null);
        if (isOpenText || isOpenNumber)
        {
            throw new InvalidOperationException(
                $"{where} has no limits in the published document: give it attributes, or its word in {nameof(Word)}.");
        }
    }
}
