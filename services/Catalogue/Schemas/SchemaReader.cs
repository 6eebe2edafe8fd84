using System.Text.RegularExpressions;
using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Json;
using Mpp.Contracts;

namespace Mpp.Catalogue.Schemas;

/// <summary>
/// Reads a JSON Schema. Refuses what the coordinator's validator does not understand in the same way, and what is left
/// open: a keyword that is quietly ignored would let through what its author meant to keep out.
/// </summary>
internal static class SchemaReader
{
    private static readonly string[] KnownTypes = ["array", "boolean", "integer", "null", "number", "object", "string"];
    private static readonly string[] KnownFormats = ["date", "email", "uri", "uuid"];

    /// <summary>A schema of an object, as every input and output is.</summary>
    public static Schema ReadObject(JsonElement? element, Place place)
    {
        if (element is null)
        {
            return new Schema { Types = [] };
        }

        var schema = Read(element.Value, place);
        if (schema.Types.Count > 0 && schema.Types is not ["object"])
        {
            place.Report(FaultKind.InvalidSchema, "The schema must be of an object.");
        }

        return schema;
    }

    private static Schema Read(JsonElement element, Place place)
    {
        var reader = new ObjectReader(element, place);
        var types = Types(reader);
        var schema = new Schema
        {
            Types = types,
            Properties = reader.Map("properties", Read),
            Required = reader.Texts("required").ToHashSet(StringComparer.Ordinal),
            Items = reader.Any("items", required: false) is { } items ? Read(items, place.At("items")) : null,
            Enum = reader.Any("enum", required: false) is { ValueKind: JsonValueKind.Array } values
                ? [.. values.EnumerateArray()]
                : null,
            Format = Optional(reader.Text("format", required: false)),
            Pattern = Pattern(reader),
            Range = new(
                Limit(reader, DateRange.EarliestKeyword) ?? DateRange.Widest.Earliest,
                Limit(reader, DateRange.LatestKeyword) ?? DateRange.Widest.Latest),
            Minima = Limits(reader, ("length", "minLength"), ("value", "minimum"), ("count", "minItems")),
            Maxima = Limits(reader, ("length", "maxLength"), ("value", "maximum"), ("count", "maxItems")),
        };
        reader.Text("description", required: false);
        Check(schema, reader, place);
        reader.End(FaultKind.InvalidSchema);
        return schema;
    }

    private static void Check(Schema schema, ObjectReader reader, Place place)
    {
        foreach (var name in schema.Required.Where(n => n.Length > 0 && !schema.Properties.ContainsKey(n)))
        {
            place.At("required").Report(FaultKind.InvalidSchema, $"'{name}' is required, but is no property.");
        }

        var closed = reader.Any("additionalProperties", required: false) is { ValueKind: JsonValueKind.False };
        if (schema.Types.Contains("object") && !closed)
        {
            place.Report(FaultKind.InvalidSchema,
                "An object needs \"additionalProperties\": false, so that no unknown field gets through.");
        }

        if (schema.Types.Contains("array") && schema.Items is null)
        {
            place.Report(FaultKind.InvalidSchema, "An array needs \"items\".");
        }

        var noArray = schema.Enum is null && reader.Any("enum", required: false) is not null;
        if (noArray || schema.Enum is [])
        {
            place.At("enum").Report(FaultKind.InvalidSchema, "\"enum\" is an array of at least one value.");
        }

        if (schema.Types.Contains("string"))
        {
            CheckText(schema, reader, place);
        }

        if (schema.Format is { } format && !KnownFormats.Contains(format))
        {
            place.At("format")
                .Report(FaultKind.InvalidSchema, $"One of {string.Join(", ", KnownFormats)} is expected here.");
        }

        if (schema.Pattern is { } pattern && !IsRegex(pattern))
        {
            place.At("pattern").Report(FaultKind.InvalidSchema, "The pattern is no regular expression.");
        }
    }

    /// <summary>
    /// A text must say how long it may be, and a date from when to when it may lie: nobody checks what is not said.
    /// </summary>
    private static void CheckText(Schema schema, ObjectReader reader, Place place)
    {
        if (schema is { Enum: null, Format: not "date" }
            && !(schema.Maxima.TryGetValue("length", out var longest) && longest <= TextRule.Longest))
        {
            place.Report(
                FaultKind.InvalidSchema, $"A text needs \"maxLength\" of at most {TextRule.Longest} characters.");
        }

        var limits = (string[])[DateRange.EarliestKeyword, DateRange.LatestKeyword];
        if (schema.Format != "date")
        {
            foreach (var limit in limits.Where(limit => reader.Any(limit, required: false) is not null))
            {
                place.At(limit).Report(FaultKind.InvalidSchema, "Only a date has an earliest and a latest day.");
            }

            return;
        }

        foreach (var missing in limits.Where(limit => reader.Any(limit, required: false) is null))
        {
            place.Report(FaultKind.InvalidSchema, $"A date needs \"{missing}\".");
        }

        var (earliest, latest) = (schema.Range.Earliest, schema.Range.Latest);
        var reversed = latest != earliest && earliest.IsNeverBefore(latest);
        if (reversed || !DateRange.Widest.Includes(schema.Range))
        {
            place.Report(FaultKind.InvalidSchema, $"A date lies from {DateRange.Widest.Earliest} to "
                + $"{DateRange.Widest.Latest}, and its earliest day not after its latest.");
        }
    }

    private static DateLimit? Limit(ObjectReader reader, string keyword)
    {
        if (reader.Any(keyword, required: false) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && DateLimit.TryParse(value.GetString()) is { } limit)
        {
            return limit;
        }

        reader.Place.At(keyword).Report(
            FaultKind.InvalidSchema, "A day (1900-01-01), today, or so many years from it (today+P1Y) is expected.");
        return null;
    }

    private static IReadOnlyList<string> Types(ObjectReader reader)
    {
        IReadOnlyList<string> types = reader.Any("type") switch
        {
            { ValueKind: JsonValueKind.Array } => reader.Texts("type"),
            { } => [reader.Text("type")],
            null => [],
        };
        if (types.FirstOrDefault(t => t.Length > 0 && !KnownTypes.Contains(t)) is { } unknown)
        {
            reader.Place.At("type")
                .Report(FaultKind.InvalidSchema, $"'{unknown}' is no type; known are {string.Join(", ", KnownTypes)}.");
        }

        return [.. types.Where(t => KnownTypes.Contains(t))];
    }

    private static Dictionary<string, decimal> Limits(
        ObjectReader reader, params (string Limit, string Keyword)[] keywords)
    {
        var limits = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (limit, keyword) in keywords)
        {
            if (reader.Any(keyword, required: false) is not { } value)
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
            {
                limits[limit] = number;
            }
            else
            {
                reader.Place.At(keyword).Report(FaultKind.InvalidSchema, "A number is expected here.");
            }
        }

        return limits;
    }

    /// <summary>A pattern is not a text for people: no space of it may be lost.</summary>
    private static string? Pattern(ObjectReader reader)
    {
        if (reader.Any("pattern", required: false) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        reader.Place.At("pattern").Report(FaultKind.WrongType, "A text is expected here.");
        return null;
    }

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? Optional(string text) => text.Length == 0 ? null : text;
}
