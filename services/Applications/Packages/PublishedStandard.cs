using System.Collections.Frozen;

namespace Mpp.Applications.Packages;

/// <summary>
/// The published standard of a service (UU 25/2009 art. 21). It checks what an agency or an operator says about the
/// outcome of the service, because later steps read that and the applicant sees it. No fault repeats a value.
/// </summary>
internal sealed class PublishedStandard
{
    /// <summary>Documents of one step.</summary>
    private const int MostDocuments = 20;

    private readonly SchemaForm _output;
    private readonly FrozenSet<string> _fields;
    private readonly FrozenSet<string> _requirements;
    private readonly FrozenSet<string> _outputNames;

    private PublishedStandard(ServiceDefinition definition, SchemaForm output)
    {
        (Definition, _output) = (definition, output);
        _fields = definition.Input.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(p => p.Name).ToFrozenSet(StringComparer.Ordinal)
            : [];
        _outputNames = Names(definition.Output).ToFrozenSet(StringComparer.Ordinal);
        _requirements = definition.Requirements.Select(r => r.Code).ToFrozenSet(StringComparer.Ordinal);
    }

    public ServiceDefinition Definition { get; }

    public static async Task<PublishedStandard> OfAsync(
        ServiceDefinition definition, CancellationToken cancellationToken) =>
        new(definition, await SchemaForm.CompileAsync(definition.Output, "/outputs", cancellationToken));

    /// <summary>Whether the service takes such a field.</summary>
    /// <param name="field">Its name on the wire.</param>
    public bool Takes(string field) => _fields.Contains(field);

    /// <summary>Whether a refusal or a correction can rest on it.</summary>
    /// <param name="requirement">A requirement's code.</param>
    public bool Requires(string requirement) => _requirements.Contains(requirement);

    /// <summary>
    /// The part of a pointer into <c>/outputs</c> that the standard itself names: the rest comes from the agency, and
    /// could be anything.
    /// </summary>
    public string KnownPart(string pointer)
    {
        bool IsIndex(string token) => token.Length <= 3 && token.All(char.IsAsciiDigit);
        bool IsKnown(string token) => _outputNames.Contains(PointerToken.Unescape(token)) || IsIndex(token);
        return string.Concat(pointer.Split('/').Skip(1)
            .TakeWhile((token, i) => i == 0 || IsKnown(token)).Select(token => "/" + token));
    }

    /// <summary>What does not fit in <c>/outputs</c>.</summary>
    /// <param name="outputs">What the service gives.</param>
    /// <param name="today">The day in the region.</param>
    public IReadOnlyList<FieldError> OutputFaults(JsonElement outputs, DateOnly today) =>
        outputs.ValueKind is JsonValueKind.Object
            ? _output.Check(outputs, today)
            : [new("/outputs", ErrorCodes.WrongType, "An object is expected.")];

    /// <summary>What does not fit in <c>/documents</c>: kind, number and validity.</summary>
    /// <param name="documents">What the service issues.</param>
    /// <param name="today">The day in the region.</param>
    public IEnumerable<FieldError> DocumentFaults(IReadOnlyList<IssuedDocument?>? documents, DateOnly today) =>
        documents switch
        {
            null => [new("/documents", ErrorCodes.Null, "A list is expected; it may be empty.")],
            { Count: > MostDocuments } =>
                [new("/documents", ErrorCodes.TooLong, $"At most {MostDocuments} are expected.")],
            _ => documents.SelectMany((document, i) => Faults(document, $"/documents/{i}", today)),
        };

    /// <summary>
    /// Whether an amount is one that the standard names, or the sum of several of them, each counted once: what is done
    /// for one applicant in one step is paid at once.
    /// </summary>
    /// <param name="rupiah">More than 0.</param>
    public bool Charges(long rupiah)
    {
        HashSet<long> sums = [0];
        var items = Definition.Fees.Select(f => f.AmountRupiah).DefaultIfEmpty(Definition.FeeRupiah);
        foreach (var amount in items.Where(a => a > 0 && a <= rupiah))
        {
            sums.UnionWith([.. sums.Select(sum => sum + amount).Where(sum => sum <= rupiah)]);
        }

        return rupiah > 0 && sums.Contains(rupiah);
    }

    private IEnumerable<FieldError> Faults(IssuedDocument? document, string pointer, DateOnly today)
    {
        if (document is null)
        {
            yield return new(pointer, ErrorCodes.Null, "A document is expected.");
            yield break;
        }

        var kinds = Definition.Documents;
        if (!kinds.Contains(document.Kind, StringComparer.Ordinal))
        {
            yield return new($"{pointer}/kind", ErrorCodes.UnknownValue, kinds.Count > 0
                ? $"One of {string.Join(", ", kinds)} is expected."
                : "The service issues no documents.");
        }

        if (LineFault(document.Number, IssuedDocument.LongestNumber, $"{pointer}/number") is { } number)
        {
            yield return number;
        }

        foreach (var fault in ValidityFaults(document, pointer, today))
        {
            yield return fault;
        }
    }

    /// <summary>What is wrong with the validity of documents, whatever the standard is.</summary>
    public static IEnumerable<FieldError> ValidityFaults(IReadOnlyList<IssuedDocument> documents, DateOnly today) =>
        documents.SelectMany((document, i) => ValidityFaults(document, $"/documents/{i}", today));

    private static IEnumerable<FieldError> ValidityFaults(IssuedDocument document, string pointer, DateOnly today)
    {
        var range = DateRange.Widest;
        if (!range.Contains(document.ValidFrom, today))
        {
            yield return new($"{pointer}/validFrom", ErrorCodes.OutOfRange, range.Words(today).En);
        }

        if (document.ValidUntil is not { } until)
        {
            yield break;
        }

        if (!range.Contains(until, today))
        {
            yield return new($"{pointer}/validUntil", ErrorCodes.OutOfRange, range.Words(today).En);
        }
        else if (until < document.ValidFrom)
        {
            yield return new(
                $"{pointer}/validUntil", ErrorCodes.InvalidDate, "The last day of validity lies before the first.");
        }
    }

    private static IEnumerable<string> Names(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(member =>
            member.Name == "properties" && member.Value.ValueKind is JsonValueKind.Object
                ? member.Value.EnumerateObject().SelectMany(p => Names(p.Value).Prepend(p.Name))
                : Names(member.Value)),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    /// <summary>What is wrong with a text that must be there (<see cref="TextRule"/>).</summary>
    public static FieldError? LineFault(string? text, int longest, string pointer) =>
        text is null ? new(pointer, ErrorCodes.Missing, "The field is required.")
        : TextRule.Fault(text, longest) is { } fault
            ? new(pointer, Kebab.Of(fault), TextRule.Words(fault, longest).En)
            : null;
}
