using Mpp.Contracts;

namespace Mpp.Catalogue.Faults;

/// <summary>What can be wrong with a definition. Every kind has a test of its own.</summary>
internal enum FaultKind
{
    MalformedJson,
    UnexpectedFile,
    MissingFile,
    UnknownProperty,
    MissingProperty,
    WrongType,
    InvalidValue,
    MissingLanguage,
    InvalidSchema,
    DuplicateId,
    UnknownAgency,
    UnknownService,
    NoSteps,
    UnknownStep,
    Cycle,
    UnreachableStep,
    PointerToNothing,
    PointerOutsideNeeds,
    UnknownField,
    UnmappedField,
    UncertainField,
    TypeMismatch,
    InvalidCondition,
    InvalidDeadline,
    InvalidCorrections,
    InvalidRetention,
    InvalidOwner,
    UnidentifiedPerson,
    SecondPivot,
    CompensationAfterPivot,
    VersionGap,
    DuplicateVersion,
    MissingLabel,
}

/// <summary>
/// One fault: the place (file and JSON Pointer, RFC 6901) and the reason, in words that its author can act on.
/// </summary>
internal sealed record Fault(FaultKind Kind, string File, string Pointer, string Reason)
{
    public override string ToString() => $"{File}#{Pointer}: {Reason}";
}

/// <summary>
/// A place in a definition file, with the list that takes its faults. Checks go on after a fault, so that an author
/// sees all of them at once.
/// </summary>
internal sealed class Place(string file, List<Fault> faults, string pointer = "")
{
    public string File => file;

    public Place At(string segment) => new(file, faults, $"{pointer}/{PointerToken.Escape(segment)}");

    public Place At(int index) => new(file, faults, $"{pointer}/{index}");

    public void Report(FaultKind kind, string reason) => faults.Add(new Fault(kind, file, pointer, reason));
}

/// <summary>The definitions have faults; none of them is used.</summary>
internal sealed class InvalidCatalogueException(IReadOnlyList<Fault> faults)
    : Exception(
        $"The catalogue has {faults.Count} fault(s):{string.Concat(faults.Select(f => $"{Environment.NewLine}  {f}"))}")
{
    public IReadOnlyList<Fault> Faults { get; } = faults;
}
