using System.Text.RegularExpressions;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;

namespace Mpp.Applications.Coordination;

/// <summary>
/// Checks what an agency replies against the standard that it has published: outputs by their schema, documents,
/// reasons by the standard's requirements, fees by its tariff. A reply that does not fit is never shown to the
/// applicant.
/// </summary>
internal static partial class ReplyCheck
{
    /// <summary>How many faults of one reply the agency is told.</summary>
    public const int MostFaults = 20;

    private const int MostReasons = 50;
    private const int LongestReason = 1_000;
    private const int LongestLine = 200;

    private static readonly TimeSpan LongestBill = TimeSpan.FromDays(366);

    /// <summary>What does not fit, each with its place in the reply; empty when it is good.</summary>
    /// <param name="standard">Of the step's service.</param>
    /// <param name="reply">An agency's reply; one of the payments is not looked at.</param>
    /// <param name="now">The time.</param>
    /// <param name="today">The day in the application's region.</param>
    public static IReadOnlyList<ReplyFault> Faults(
        PublishedStandard standard, Input.Reply reply, DateTimeOffset now, DateOnly today) =>
        [.. (reply switch
            {
                Input.StepCompleted { Message: var m } =>
                [
                    .. standard.OutputFaults(m.Outputs, today)
                        .Select(f => f with { Pointer = standard.KnownPart(f.Pointer) }),
                    .. standard.DocumentFaults(m.Documents, today),
                ],
                Input.StepAccepted { Message: var m } => Lines(
                    PublishedStandard.LineFault(
                        m.AgencyFileNumber, IssuedDocument.LongestNumber, "/agencyFileNumber")),
                Input.StepRefused { Message: var m } => Reasons(m.Reasons, "/reasons", standard),
                Input.CorrectionRequested { Message: var m } => Reasons(m.Items, "/items", standard),
                // No standard is about cancellations.
                Input.StepCancellationRefused { Message: var m } => Reasons(m.Reasons, "/reasons", standard: null),
                Input.FeeRequested { Message: var m } => Fee(m, standard, now),
                _ => [],
            }).Take(MostFaults).Select(f => new ReplyFault(f.Pointer, f.Code, f.Detail))];

    /// <summary>What does not fit in an answer to a question.</summary>
    /// <param name="standard">Of the service asked about.</param>
    /// <param name="answer">What its agency says. Its outputs may be there in part.</param>
    /// <param name="today">The day in the region.</param>
    public static IReadOnlyList<FieldError> Faults(
        PublishedStandard standard, PreconditionsChecked answer, DateOnly today) =>
    [
        .. answer.Preconditions is { Count: <= MostReasons } said
            ? said.SelectMany((p, i) => Precondition(p, $"/preconditions/{i}", standard))
            : [new("/preconditions", ErrorCodes.Invalid, $"A list of at most {MostReasons} is expected.")],
        .. answer.Outputs is { } outputs
            ? standard.OutputFaults(outputs, today).Where(f => f.Code is not ErrorCodes.Missing)
                .Select(f => f with { Pointer = standard.KnownPart(f.Pointer) })
            : [],
    ];

    /// <summary>A reply without a fault, with its texts as they are stored (<see cref="TextRule"/>).</summary>
    public static Input.Reply Read(Input.Reply reply) => reply switch
    {
        Input.StepCompleted { Message: var m } => new Input.StepCompleted(m with
        {
            Outputs = JsonTexts.Read(m.Outputs).Json,
            Documents = [.. m.Documents.Select(d => d with { Number = Stored(d.Number) })],
        }),
        Input.StepAccepted { Message: var m } =>
            new Input.StepAccepted(m with { AgencyFileNumber = Stored(m.AgencyFileNumber) }),
        Input.StepRefused { Message: var m } => new Input.StepRefused(m with { Reasons = Stored(m.Reasons) }),
        Input.CorrectionRequested { Message: var m } =>
            new Input.CorrectionRequested(m with { Items = Stored(m.Items) }),
        Input.StepCancellationRefused { Message: var m } =>
            new Input.StepCancellationRefused(m with { Reasons = Stored(m.Reasons) }),
        Input.FeeRequested { Message: var m } => new Input.FeeRequested(m with { Purpose = Stored(m.Purpose) }),
        _ => reply,
    };

    private static IReadOnlyList<StepReason> Stored(IReadOnlyList<StepReason> reasons) =>
    [
        .. reasons.Select(r => r with
        {
            Text = new(Stored(r.Text.Id), Stored(r.Text.En)),
            LegalBasis = r.LegalBasis is null ? null : Stored(r.LegalBasis),
        }),
    ];

    private static string Stored(string text)
    {
        TextRule.Read(text, out var read);
        return read;
    }

    private static IEnumerable<FieldError> Fee(FeeRequested fee, PublishedStandard standard, DateTimeOffset now)
    {
        foreach (var line in Lines(
            PublishedStandard.LineFault(fee.Purpose, LongestLine, "/purpose"),
            CodeFault(fee.Payee, "/payee")))
        {
            yield return line;
        }

        if (!standard.Charges(fee.AmountRupiah))
        {
            yield return new(
                "/amountRupiah", ErrorCodes.UnknownValue, "An amount of the published tariff is expected.");
        }

        if (fee.ExpiresAt > now + LongestBill)
        {
            yield return new(
                "/expiresAt", ErrorCodes.OutOfRange, $"At most {LongestBill.TotalDays} days ahead are expected.");
        }
    }

    private static IEnumerable<FieldError> Reasons(
        IReadOnlyList<StepReason?>? reasons, string pointer, PublishedStandard? standard) => reasons switch
        {
            null or { Count: 0 } => [new(pointer, ErrorCodes.Missing, "At least one reason is expected.")],
            { Count: > MostReasons } => [new(pointer, ErrorCodes.TooLong, $"At most {MostReasons} are expected.")],
            _ => reasons.SelectMany((reason, i) => Reason(reason, $"{pointer}/{i}", standard)),
        };

    private static IEnumerable<FieldError> Reason(StepReason? reason, string pointer, PublishedStandard? standard) =>
        reason is null
            ? [new(pointer, ErrorCodes.Null, "A reason is expected.")]
            :
            [
                .. Basis(reason.Requirement, reason.Pointer, pointer, standard),
                .. Texts(reason.Text, pointer + "/text"),
                .. Lines(reason.LegalBasis is null
                    ? null
                    : PublishedStandard.LineFault(reason.LegalBasis, LongestLine, pointer + "/legalBasis")),
            ];

    private static IEnumerable<FieldError> Precondition(
        Precondition? precondition, string pointer, PublishedStandard standard) => precondition switch
        {
            null => [new(pointer, ErrorCodes.Null, "A precondition is expected.")],
            { Remedy: null, Status: not PreconditionStatus.Missing } =>
                Basis(precondition.Requirement, precondition.Pointer, pointer, standard),
            _ =>
            [
                .. Basis(precondition.Requirement, precondition.Pointer, pointer, standard),
                .. Texts(precondition.Remedy, pointer + "/remedy"),
            ],
        };

    /// <summary>The requirement that something rests on, and the field that it points to.</summary>
    private static IEnumerable<FieldError> Basis(
        string? requirement, string? field, string pointer, PublishedStandard? standard)
    {
        if (CodeFault(requirement, pointer + "/requirement") is { } fault)
        {
            yield return fault;
        }

        if (standard is null)
        {
            yield break;
        }

        if (requirement is not (null or StepReason.ValidInput) && !standard.Requires(requirement))
        {
            yield return new(
                pointer + "/requirement", ErrorCodes.UnknownValue,
                "A requirement of the published standard is expected.");
        }

        var taken = field is null
            || (field.Length <= LongestLine && JsonPointer.Split(field) is [var first, ..] && standard.Takes(first));
        if (!taken)
        {
            yield return new(pointer + "/pointer", ErrorCodes.UnknownValue, "A field of the service is expected.");
        }
    }

    private static IEnumerable<FieldError> Texts(LocalizedText? text, string pointer) =>
        Lines(Text(text?.Id, pointer + "/id"), Text(text?.En, pointer + "/en"));

    private static FieldError? Text(string? text, string pointer) =>
        PublishedStandard.LineFault(text, LongestReason, pointer)
        // Reasons name no value of personal data.
        ?? (Nik().IsMatch(text!)
            ? new(pointer, ErrorCodes.PersonalData, "A reason names no NIK and no family card number.")
            : null);

    private static FieldError? CodeFault(string? code, string pointer) =>
        code is null ? new(pointer, ErrorCodes.Missing, "The field is required.")
        : Code().IsMatch(code) ? null
        : new(pointer, ErrorCodes.InvalidFormat, "A code in kebab-case is expected, at most 64 characters.");

    private static IEnumerable<FieldError> Lines(params IEnumerable<FieldError?> faults) =>
        faults.OfType<FieldError>();

    [GeneratedRegex("[0-9]{16}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nik();

    [GeneratedRegex(@"^(?=.{1,64}\z)[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
