using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Hosting.Description;

namespace Mpp.Applications.Reading;

/// <summary>
/// An application as its submitter sees it: no personal data but the numbers of documents and files, as long as they
/// are kept.
/// </summary>
/// <param name="Number">For people, unguessable.</param>
/// <param name="Sequence">The number of the latest entry in the timeline.</param>
/// <param name="StatusText">The status in the caller's language.</param>
/// <param name="NextToAct">Who must act. Once it has ended, an operator at most, who sees to what is left.</param>
/// <param name="EraseAt">Of an application that has ended: when its personal data are erased, or were. Nothing can be
/// filed again after it.</param>
/// <param name="Representation">On whose authority somebody else filed it.</param>
internal sealed record ApplicationResource(
    string Number, string Package, int PackageVersion, string Title, string Region,
    [OneOf<Channel>] string Channel, ApplicationStatus Status, string StatusText,
    IReadOnlyList<NextActor> NextToAct, long Sequence, DateTimeOffset SubmittedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt, DateTimeOffset? EraseAt, Representation? Representation, IReadOnlyList<StepResource> Steps)
{
    public static string Tag(ApplicationState state, string language) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{state.Sequence}-{language}\"");

    public static ApplicationResource Of(
        ApplicationState state, PackageDefinition definition, PackageDefinitions packages, string language)
    {
        var steps = definition.Steps.Select(d => StepResource.Of(d, state, packages, language)).ToList();
        return new(
            state.Number.Value,
            state.Package,
            state.PackageVersion, definition.Title.In(language), state.Region.Value, state.Channel, state.Status,
            Texts.Of(state, steps.Exists(s => s.CanRefile)).In(language),
            [.. steps.Select(s => s.NextToAct).OfType<NextActor>().Distinct()],
            state.Sequence, state.SubmittedAt, state.UpdatedAt, state.EndedAt, state.EraseAt,
            state.Representation, steps);
    }
}

/// <summary>Who must act.</summary>
/// <param name="Party">Who.</param>
/// <param name="Agency">The agency's code, when it is one.</param>
/// <param name="Name">The same for people.</param>
/// <param name="Until">Until when, where there is a limit.</param>
internal sealed record NextActor(Party Party, string? Agency, string Name, DateTimeOffset? Until)
{
    public static NextActor? Of(StepState step, string agency, string agencyName, string language) =>
        NextToAct.Of(step) switch
        {
            (Party.Operator, var until) =>
                new(Party.Operator, null, language == "en" ? "The mall's operator" : "Petugas MPP", until),
            (Party.Applicant, var until) =>
                new(Party.Applicant, null, language == "en" ? "The applicant" : "Pemohon", until),
            (Party.Agency, var until) => new(Party.Agency, agency, agencyName, until),
            _ => null,
        };
}

/// <summary>A step of an application.</summary>
/// <param name="Service"><c>agency/service</c>.</param>
/// <param name="Since">Since when it has this status.</param>
/// <param name="Attempt">Which time it is asked for; 0 before the first.</param>
/// <param name="Reasons">Why it was refused, or what the applicant must mend.</param>
/// <param name="Fee">Of the present attempt.</param>
/// <param name="EarlierFees">Of earlier attempts.</param>
/// <param name="Objection">Of a refusal: where the applicant can object.</param>
/// <param name="CanRefile">Whether the refused part can be filed again under this number.</param>
/// <param name="NeedsOperator">Whether an operator has been told.</param>
internal sealed record StepResource(
    string Id, string Service, string ServiceName,
    string Agency, string AgencyName, StepStatus Status,
    string StatusText, NextActor? NextToAct, DateTimeOffset Since, int Attempt, DateTimeOffset? DueAt,
    DateTimeOffset? ExpectedAt, string? AgencyFileNumber, IReadOnlyList<IssuedDocument> Documents,
    IReadOnlyList<ReasonResource> Reasons, FeeResource? Fee, IReadOnlyList<FeeResource> EarlierFees,
    SkipReason? Skipped, string? SkippedBecause, LapseReason? Lapse, string? Objection, bool CanRefile,
    bool NeedsOperator)
{
    public static StepResource Of(
        StepDefinition definition, ApplicationState state, PackageDefinitions packages, string language)
    {
        var step = state.Step(definition.Id);
        var agency = Queues.OfAgency(definition.Service);
        var agencyName = packages.Name(agency);
        var canRefile = Acts.WhyNotRefiled(state, definition) is null;
        return new(
            step.Id,
            definition.Service, packages.Name(definition.Service).In(language), agency, agencyName.In(language),
            step.Status, Texts.Of(step, agencyName, state.Region, canRefile).In(language),
            NextActor.Of(step, agency, agencyName.In(language), language), step.Since,
            step.Attempt, step.DueAt, step.ExpectedAt, step.AgencyFileNumber, step.Documents,
            [.. step.Reasons.Select(
                r => new ReasonResource(r.Requirement, r.Text.In(language), r.Pointer, r.LegalBasis))],
            step.Fee is { } fee ? FeeResource.Of(fee) : null,
            [.. step.Fees.Where(earlier => earlier.Attempt < step.Attempt).Select(FeeResource.Of)],
            step.Skipped, step.SkippedBecause, step.Lapse,
            step.Status is StepStatus.Refused ? WhereToObject(agencyName).In(language) : null,
            canRefile, step.NeedsOperator);
    }

    /// <summary>
    /// An objection goes to the agency within 21 working days; the agency answers within 10 (UU 30/2014 art. 75–77).
    /// </summary>
    private static LocalizedText WhereToObject(LocalizedText agency) => new(
        $"Keberatan tertulis kepada {agency.Id} paling lambat 21 hari kerja sejak keputusan (UU 30/2014 pasal 77); "
            + "banding kepada atasan instansi; pengaduan lewat SP4N-LAPOR!.",
        $"A written objection to {agency.En} within 21 working days of the decision (UU 30/2014 art. "
            + "77); an appeal to its superior; a complaint through SP4N-LAPOR!.");
}

/// <summary>A reason of a refusal or a correction, by the requirement in the service's published standard.</summary>
/// <param name="Pointer">The field of the form at fault, <c>/input/…</c> as in <c>POST /v1/applications</c>;
/// corrections and refilings take it as it is.</param>
internal sealed record ReasonResource(string Requirement, string Text, string? Pointer, string? LegalBasis);

/// <summary>A fee in whole rupiah.</summary>
/// <param name="BillingCode">What to pay with, once the bill is there; see <c>GET /v1/bills/{code}</c>.</param>
/// <param name="Paid">The bank has taken the money.</param>
/// <param name="RefundDue">What it was paid for is not done: it is to be paid back.</param>
/// <param name="PaidBack">It was paid back.</param>
/// <param name="KeptIfRefused">It is for the examination: a refusal does not give it back.</param>
internal sealed record FeeResource(
    int Attempt, long AmountRupiah, string Purpose, string? BillingCode, DateTimeOffset ExpiresAt, bool Paid,
    bool RefundDue, bool PaidBack, bool KeptIfRefused)
{
    public static FeeResource Of(Fee fee) => new(
        fee.Attempt, fee.AmountRupiah, fee.Purpose, fee.BillingCode, fee.ExpiresAt, fee.Paid, fee.RefundDue,
        fee.PaidBack, fee.KeptIfRefused);
}
