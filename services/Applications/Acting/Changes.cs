using Mpp.Applications.Flow;

namespace Mpp.Applications.Acting;

/// <summary>
/// Changes to what the applicant gave. Fields are named as everywhere: by JSON Pointer into the form as it was filed,
/// <c>/input/…</c>.
/// </summary>
internal sealed class Changes
{
    public const string WhyErased = "What was filed has been erased after its retention; file a new application.";

    private const string Form = "/input";

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly List<(string Field, string Pointer)> _places = [];

    /// <summary>Changes a field; <see langword="false"/> when it is changed already.</summary>
    /// <param name="field">The field, <c>/input/…</c>.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="pointer">Where in the request it was given.</param>
    public bool Add(string field, JsonElement value, string pointer)
    {
        _places.Add((field, pointer));
        return _values.TryAdd(field, value);
    }

    /// <summary>Whether a field gets this value.</summary>
    public bool Has(string field, JsonElement value) => JsonElement.DeepEquals(_values[field], value);

    /// <summary>Pointer into the input → new value.</summary>
    public JsonElement ToJson() =>
        JsonSerializer.SerializeToElement(_values.ToDictionary(v => v.Key[Form.Length..], v => v.Value));

    /// <summary>The faults of the changed input, by the package's form.</summary>
    /// <param name="application">The application.</param>
    /// <param name="elsewhere">Where in the request to show a fault of a field that is not changed.</param>
    public IEnumerable<FieldError> Faults(LockedApplication application, string elsewhere)
    {
        if (application.State.Dossier.Input is not { } input)
        {
            return [new(elsewhere, ErrorCodes.Erased, WhyErased)];
        }

        JsonElement changed;
        try
        {
            changed = JsonPointer.Set(input, ToJson());
        }
        catch (ArgumentException)
        {
            return [new(elsewhere, ErrorCodes.UnknownField, "There is no such field.")];
        }

        return application.Form.Check(changed, application.Today).Select(fault =>
        {
            var (field, pointer) = _places.FirstOrDefault(p => fault.Pointer == p.Field
                || fault.Pointer.StartsWith(p.Field + "/", StringComparison.Ordinal));
            return fault with { Pointer = field is null ? elsewhere : pointer + fault.Pointer[field.Length..] };
        });
    }
}
