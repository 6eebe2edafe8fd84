using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using System.Text.Json.Serialization;

namespace Mpp.Agency.Inputs;

/// <summary>
/// Reads a step's inputs into a service's type and says everything that is wrong with them, each fault with its place.
/// The serializer alone stops at the first fault and names no place for a member that is missing.
/// </summary>
internal static class InputReader
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly ConcurrentDictionary<JsonPropertyInfo, ValidationAttribute[]> Rules = new();

    /// <summary>The input, or <see langword="null"/> and at least one fault.</summary>
    /// <param name="inputs">The fields as they came.</param>
    /// <param name="type">The service's type.</param>
    /// <param name="today">The day in the region.</param>
    public static (object? Input, IReadOnlyList<InputFault> Faults) Read(JsonElement inputs, Type type, DateOnly today)
    {
        var texts = JsonTexts.Read(inputs);
        var faults = texts.Faults.Select(InputFault.Of).ToList();
        var shape = Options.GetTypeInfo(type);
        // What is damaged cannot be read any further.
        if (!texts.Faults.Any(f => f.Fault == TextFault.DamagedText))
        {
            CheckShape(texts.Json, shape, "", today, faults);
        }

        if (faults.Count > 0)
        {
            return (null, faults);
        }

        var input = texts.Json.Deserialize(shape)!;
        CheckRules(input, shape, "", faults);
        return faults.Count > 0 ? (null, faults) : (input, faults);
    }

    /// <summary>
    /// Reads the fields that are given, and says what is wrong with them. Fields that are not there or null are passed
    /// over.
    /// </summary>
    /// <param name="given">The fields as they came.</param>
    /// <param name="type">The service's type.</param>
    /// <param name="today">The day in the region.</param>
    public static (JsonElement Inputs, IReadOnlyList<InputFault> Faults) ReadGiven(
        JsonElement given, Type type, DateOnly today)
    {
        var texts = JsonTexts.Read(given);
        var (inputs, faults) = (texts.Json, texts.Faults.Select(InputFault.Of).ToList());
        if (inputs.ValueKind != JsonValueKind.Object)
        {
            return (inputs, [InputFault.WrongValue("", type)]);
        }

        if (faults.Exists(f => f.Pointer.Length == 0))
        {
            return (inputs, faults);
        }

        var shape = Options.GetTypeInfo(type);
        foreach (var member in inputs.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null))
        {
            var (place, before) = (PointerTo(member.Name), faults.Count);
            if (faults.Exists(f => f.IsIn(place)))
            {
                continue;
            }

            if (shape.Properties.FirstOrDefault(p => p.Name == member.Name) is not { } property)
            {
                faults.Add(InputFault.Unknown(place));
                continue;
            }

            CheckShape(member.Value, Options.GetTypeInfo(property.PropertyType), place, today, faults);
            if (faults.Count == before
                && member.Value.Deserialize(Options.GetTypeInfo(property.PropertyType)) is { } value)
            {
                CheckRules(value, value, property, place, faults);
            }
        }

        return (inputs, faults);
    }

    /// <summary>The JSON Pointer of a field of the inputs.</summary>
    public static string PointerTo(string field) => "/" + PointerToken.Escape(field);

    private static void CheckShape(
        JsonElement element, JsonTypeInfo shape, string pointer, DateOnly today, List<InputFault> faults)
    {
        switch (shape.Kind, element.ValueKind)
        {
            case (JsonTypeInfoKind.Object, JsonValueKind.Object):
                CheckMembers(element, shape, pointer, today, faults);
                break;
            case (JsonTypeInfoKind.Enumerable, JsonValueKind.Array):
                var items = Options.GetTypeInfo(shape.ElementType!);
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    CheckShape(item, items, $"{pointer}/{index}", today, faults);
                }

                break;
            case (JsonTypeInfoKind.Object or JsonTypeInfoKind.Enumerable, _):
                faults.Add(InputFault.WrongValue(pointer, shape.Type));
                break;
            case var _ when faults.Exists(f => f.Pointer == pointer):
                break;
            default:
                try
                {
                    if (Day(element.Deserialize(shape)) is { } day && !DateRange.Widest.Contains(day, today))
                    {
                        faults.Add(InputFault.OutOfRange(pointer, today));
                    }
                }
                catch (JsonException)
                {
                    faults.Add(InputFault.WrongValue(pointer, shape.Type));
                }

                break;
        }
    }

    private static void CheckMembers(
        JsonElement element, JsonTypeInfo shape, string pointer, DateOnly today, List<InputFault> faults)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var place = $"{pointer}/{PointerToken.Escape(member.Name)}";
            var property = shape.Properties.FirstOrDefault(p => p.Name == member.Name);
            if (property is null || !given.Add(member.Name))
            {
                faults.Add(InputFault.Unknown(place));
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                CheckShape(member.Value, Options.GetTypeInfo(property.PropertyType), place, today, faults);
            }
            else if (!CanBeNull(property))
            {
                faults.Add(InputFault.WrongValue(place, property.PropertyType));
            }
        }

        foreach (var property in shape.Properties)
        {
            if (!given.Contains(property.Name) && MustBeThere(property))
            {
                faults.Add(InputFault.Missing($"{pointer}/{PointerToken.Escape(property.Name)}"));
            }
        }
    }

    private static DateOnly? Day(object? value) => value switch
    {
        DateOnly date => date,
        DateTimeOffset moment => DateOnly.FromDateTime(moment.UtcDateTime),
        _ => null,
    };

    private static bool MustBeThere(JsonPropertyInfo property) =>
        property.IsRequired || (property.AssociatedParameter is { HasDefaultValue: false } && !CanBeNull(property));

    private static bool CanBeNull(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    private static void CheckRules(object value, JsonTypeInfo shape, string pointer, List<InputFault> faults)
    {
        if (shape.Kind == JsonTypeInfoKind.Enumerable)
        {
            foreach (var (index, item) in ((System.Collections.IEnumerable)value).Cast<object?>().Index())
            {
                if (item is not null)
                {
                    CheckRules(item, Options.GetTypeInfo(item.GetType()), $"{pointer}/{index}", faults);
                }
            }
        }
        else if (shape.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var property in shape.Properties)
            {
                var inside = $"{pointer}/{PointerToken.Escape(property.Name)}";
                CheckRules(value, property.Get!(value), property, inside, faults);
            }

            if (value is IValidatableObject itself)
            {
                faults.AddRange(itself.Validate(new ValidationContext(value))
                    .Select(r => InputFault.Rule(pointer, r.ErrorMessage)));
            }
        }
    }

    private static void CheckRules(
        object owner, object? value, JsonPropertyInfo property, string pointer, List<InputFault> faults)
    {
        foreach (var rule in Rules.GetOrAdd(property, RulesOf))
        {
            // The member's name stands in the message, never its value.
            if (rule.GetValidationResult(value,
                new ValidationContext(owner) { MemberName = property.Name, DisplayName = property.Name }) is { } broken)
            {
                faults.Add(InputFault.Rule(pointer, broken.ErrorMessage));
            }
        }

        if (value is not null)
        {
            CheckRules(value, Options.GetTypeInfo(value.GetType()), pointer, faults);
        }
    }

    /// <summary>On a record's positional parameter an attribute sits on the parameter, not on the property.</summary>
    private static ValidationAttribute[] RulesOf(JsonPropertyInfo property) =>
        [.. new[] { property.AttributeProvider, property.AssociatedParameter?.AttributeProvider }
            .SelectMany(p => p?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true) ?? [])
            .Cast<ValidationAttribute>()];
}
