using System.Text.RegularExpressions;
using Mpp.Catalogue.Faults;
using Mpp.Contracts;

namespace Mpp.Catalogue.Json;

/// <summary>
/// Reads one JSON object of a definition property by property. System.Text.Json stops at the first fault and names the
/// place in a form of its own; this reader goes on, and names the place as a JSON Pointer. A value with a fault reads
/// as empty, and <see cref="End"/> reports the properties that nobody asked for.
/// </summary>
internal sealed class ObjectReader
{
    private readonly Dictionary<string, JsonElement> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly bool _isObject;

    public ObjectReader(JsonElement element, Place place)
    {
        Place = place;
        _isObject = element.ValueKind == JsonValueKind.Object;
        if (!_isObject)
        {
            place.Report(FaultKind.WrongType, $"An object is expected here, not {Name(element.ValueKind)}.");
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            _properties[property.Name] = property.Value;
        }
    }

    public Place Place { get; }

    /// <summary>
    /// The value of a property; <see langword="null"/> when it is absent. A required property that is absent is
    /// reported.
    /// </summary>
    public JsonElement? Any(string name, bool required = true)
    {
        _asked.Add(name);
        if (_properties.TryGetValue(name, out var value))
        {
            return value;
        }

        if (required && _isObject)
        {
            Place.Report(FaultKind.MissingProperty, $"The property '{name}' is missing.");
        }

        return null;
    }

    public string Text(string name, Regex? form = null, bool required = true)
    {
        if (Any(name, required) is not { } value)
        {
            return "";
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong(name, "A text", value, "");
        }

        if (Checked(value, Place.At(name)) is not { } text)
        {
            return "";
        }

        if (form?.IsMatch(text) == false)
        {
            Place.At(name).Report(FaultKind.InvalidValue, $"'{text}' has not the form {form}.");
            return "";
        }

        return text;
    }

    public long Integer(string name, long minimum, bool required = true)
    {
        if (Any(name, required) is not { } value)
        {
            return minimum;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            return Wrong(name, "A whole number", value, minimum);
        }

        if (number is > int.MaxValue || number < minimum)
        {
            Place.At(name).Report(FaultKind.InvalidValue, $"The number must be {minimum} to {int.MaxValue}.");
            return minimum;
        }

        return number;
    }

    public bool Flag(string name) => Any(name, required: false) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } value => value.GetBoolean(),
        { } value => Wrong(name, "true or false", value, fallback: false),
    };

    public LocalizedText Localized(string name)
    {
        if (Any(name) is not { } value)
        {
            return new LocalizedText("", "");
        }

        return Localized(value, Place.At(name));
    }

    /// <summary>A text in both languages.</summary>
    public static LocalizedText Localized(JsonElement value, Place place)
    {
        var reader = new ObjectReader(value, place);
        var text = new LocalizedText(Language("id"), Language("en"));
        reader.End();
        return text;

        string Language(string language)
        {
            var given = reader.Any(language, required: false);
            if (given is { ValueKind: JsonValueKind.String } && !string.IsNullOrWhiteSpace(given.Value.GetString()))
            {
                return Checked(given.Value, place.At(language)) ?? "";
            }

            if (reader._isObject)
            {
                place.At(language).Report(FaultKind.MissingLanguage,
                    language == "id" ? "The Indonesian text is missing." : "The English text is missing.");
            }

            return "";
        }
    }

    public T Choice<T>(
        string name, T fallback, bool required = true, FaultKind kind = FaultKind.InvalidValue) where T : struct, Enum
    {
        if (Any(name, required) is not { } value)
        {
            return fallback;
        }

        var choices = Kebab.Values<T>();
        if (value.ValueKind == JsonValueKind.String && choices.TryGetValue(value.GetString()!, out var choice))
        {
            return choice;
        }

        Place.At(name).Report(kind, $"One of {string.Join(", ", choices.Keys)} is expected here.");
        return fallback;
    }

    public IReadOnlyList<T> List<T>(string name, Func<JsonElement, Place, T> read, bool required = false)
    {
        if (Any(name, required) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((item, index) => read(item, Place.At(name).At(index)))]
            : Wrong<IReadOnlyList<T>>(name, "An array", value, []);
    }

    public IReadOnlyDictionary<string, T> Map<T>(string name, Func<JsonElement, Place, T> read, bool required = false)
    {
        if (Any(name, required) is not { } value)
        {
            return new Dictionary<string, T>(StringComparer.Ordinal);
        }

        return value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject()
                .ToDictionary(p => p.Name, p => read(p.Value, Place.At(name).At(p.Name)), StringComparer.Ordinal)
            : Wrong(name, "An object", value, new Dictionary<string, T>(StringComparer.Ordinal));
    }

    public IReadOnlyList<string> Texts(string name) => List(name, Text);

    public static string Text(JsonElement value, Place place)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return Checked(value, place) ?? "";
        }

        place.Report(FaultKind.WrongType, $"A text is expected here, not {Name(value.ValueKind)}.");
        return "";
    }

    /// <summary>Reports every property that was not read.</summary>
    public void End(FaultKind kind = FaultKind.UnknownProperty)
    {
        foreach (var name in _properties.Keys.Where(n => !_asked.Contains(n)))
        {
            Place.At(name)
                .Report(kind, $"Nothing is known of a property '{name}'; known here: {string.Join(", ", _asked)}.");
        }
    }

    /// <summary>The catalogue's texts must follow the same rule as texts in requests.</summary>
    private static string? Checked(JsonElement value, Place place)
    {
        if (TextRule.Read(value.GetString()!, out var text) is not { } fault)
        {
            return text;
        }

        place.Report(FaultKind.InvalidValue, TextRule.Words(fault).En);
        return null;
    }

    private T Wrong<T>(string name, string expected, JsonElement value, T fallback)
    {
        Place.At(name).Report(FaultKind.WrongType, $"{expected} is expected here, not {Name(value.ValueKind)}.");
        return fallback;
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number of this kind",
        JsonValueKind.String => "a text of this kind",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
