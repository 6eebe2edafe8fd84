using NJsonSchema.Validation;
using NJsonSchema;

namespace Mpp.Applications.Packages;

/// <summary>
/// Checks JSON against a schema of the catalogue (a package's input or a service's output), and reports each fault with
/// a JSON Pointer into the request. No fault repeats a value.
/// </summary>
internal sealed class SchemaForm
{
    private readonly JsonSchema _schema;
    private readonly JsonElement _source;
    private readonly string _root;

    private SchemaForm(JsonSchema schema, JsonElement source, string root) =>
        (_schema, _source, _root) = (schema, source, root);

    /// <param name="schema">A JSON Schema of the catalogue.</param>
    /// <param name="root">Where in the request the JSON is, for example <c>/input</c>.</param>
    /// <param name="cancellationToken">Nobody needs it any more.</param>
    public static async Task<SchemaForm> CompileAsync(
        JsonElement schema, string root, CancellationToken cancellationToken) =>
        new(await JsonSchema.FromJsonAsync(schema.GetRawText(), cancellationToken), schema.Clone(), root);

    /// <summary>All faults, at most one a field; empty when the JSON is good.</summary>
    /// <param name="input">The JSON.</param>
    /// <param name="today">The day in the region that it is about.</param>
    public IReadOnlyList<FieldError> Check(JsonElement input, DateOnly today)
    {
        var faults = JsonTexts.Read(input, _root).Faults.Select(FieldError.Of).ToList();
        faults.AddRange(FormNumbers.Faults(input, _root));
        if (faults.Count == 0)
        {
            // Only now, because the validator's own reader must not get invalid text, or numbers that it cannot hold.
            faults.AddRange(_schema.Validate(input.GetRawText()).SelectMany(e => Faults(e, input)));
            CheckNiks(input, _root, faults);
            faults.AddRange(FormDates.Faults(_source, input, _root, today));
        }

        return [.. faults.DistinctBy(f => f.Pointer)];
    }

    private List<FieldError> Faults(ValidationError error, JsonElement input)
    {
        List<FieldError> nested = error is ChildSchemaValidationError children
            ? [.. children.Errors.SelectMany(e => e.Value).SelectMany(e => Faults(e, input))]
            : [];
        var (code, detail) = Describe(error);
        return nested.Count > 0
            ? nested
            : [new FieldError(_root + SchemaPath.ToPointer(error.Path, input), code, detail)];
    }

    private static (string Code, string Detail) Describe(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => (ErrorCodes.Missing, "The field is required."),
        ValidationErrorKind.NoAdditionalPropertiesAllowed or ValidationErrorKind.AdditionalPropertiesNotValid =>
            (ErrorCodes.UnknownField, "There is no such field."),
        ValidationErrorKind.StringExpected => (ErrorCodes.WrongType, "A text is expected."),
        ValidationErrorKind.NumberExpected or ValidationErrorKind.IntegerExpected =>
            (ErrorCodes.WrongType, "A number is expected."),
        ValidationErrorKind.BooleanExpected => (ErrorCodes.WrongType, "True or false is expected."),
        ValidationErrorKind.ObjectExpected => (ErrorCodes.WrongType, "An object is expected."),
        ValidationErrorKind.ArrayExpected => (ErrorCodes.WrongType, "A list is expected."),
        ValidationErrorKind.NullExpected or ValidationErrorKind.NoTypeValidates =>
            (ErrorCodes.WrongType, "The value has the wrong type."),
        ValidationErrorKind.StringTooShort =>
            (ErrorCodes.TooShort, $"At least {error.Schema.MinLength} characters are expected."),
        ValidationErrorKind.StringTooLong => (ErrorCodes.TooLong,
            $"At most {error.Schema.MaxLength} characters are expected."),
        ValidationErrorKind.NumberTooSmall => (ErrorCodes.TooSmall, $"At least {error.Schema.Minimum} is expected."),
        ValidationErrorKind.NumberTooBig => (ErrorCodes.TooLarge, $"At most {error.Schema.Maximum} is expected."),
        ValidationErrorKind.NotInEnumeration =>
            (ErrorCodes.UnknownValue, $"One of {string.Join(", ", error.Schema.Enumeration)} is expected."),
        ValidationErrorKind.DateExpected or ValidationErrorKind.DateTimeExpected =>
            (ErrorCodes.InvalidDate, "A date of the form 2026-11-22 is expected."),
        ValidationErrorKind.PatternMismatch => (ErrorCodes.InvalidFormat, "The value has not the expected form."),
        _ => (ErrorCodes.Invalid, "The value cannot be accepted."),
    };

    // A schema's pattern lets 31 February pass. Fields that hold a NIK are named so in every package: nik, motherNik, …
    private static void CheckNiks(JsonElement value, string pointer, List<FieldError> faults)
    {
        foreach (var (name, child, at) in Children(value, pointer))
        {
            var named = name == "nik" || name.EndsWith("Nik", StringComparison.Ordinal);
            if (named && child.ValueKind is JsonValueKind.String && Nik.Fault(child.GetString()) is { } fault)
            {
                // The NIK's own reason says more than the schema's pattern.
                faults.RemoveAll(f => f.Pointer == at);
                faults.Add(new FieldError(at, ErrorCodes.InvalidNik, fault));
            }

            CheckNiks(child, at, faults);
        }
    }

    private static IEnumerable<(string Name, JsonElement Value, string Pointer)> Children(
        JsonElement value, string pointer) => value.ValueKind switch
        {
            JsonValueKind.Object =>
                value.EnumerateObject().Select(p => (p.Name, p.Value, $"{pointer}/{PointerToken.Escape(p.Name)}")),
            JsonValueKind.Array => value.EnumerateArray().Select((v, i) => ("", v, $"{pointer}/{i}")),
            _ => [],
        };
}
