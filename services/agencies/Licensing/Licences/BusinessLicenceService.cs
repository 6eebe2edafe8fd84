using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Data;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.Licences;

/// <summary>What <c>licensing/business-licence</c> takes.</summary>
internal sealed record BusinessLicenceInput
{
    [RegularExpression("[0-9]{13}")]
    public required string Nib { get; init; }

    [RegularExpression("[0-9]{5}")]
    public required string Kbli { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record BusinessLicenceOutput(string LicenceNumber);

/// <summary>
/// Izin for businesses of high risk (PP 28/2025). The technical agencies look at each: nothing is issued by rule,
/// unless the law has granted it.
/// </summary>
internal sealed class BusinessLicenceService(
    LicensingDbContext db, DocumentNumbers numbers, TimeProvider time) : AgencyService<BusinessLicenceInput>
{
    public override string Code => "licensing/business-licence";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<BusinessLicenceInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        var activities = await db.Activities.AsNoTracking()
            .Where(a => a.Nib == input.Nib && a.Kbli == input.Kbli && a.Status == PermitStatus.Active)
            .ToListAsync(cancellationToken);
        if (BusinessLicenceRules.Refusals(activities.MaxBy(a => a.Id)?.RiskLevel) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused(refusals);
        }

        if (await db.BusinessLicences.AsNoTracking().FirstOrDefaultAsync(
            l => l.Nib == input.Nib && l.Kbli == input.Kbli && l.Status == PermitStatus.Active,
            cancellationToken) is { } inForce)
        {
            return Answer(inForce);
        }

        if (request.BoundByLaw is null)
        {
            return new StepAnswer.Accepted(request.ApplicationNumber.Value);
        }

        var licence = new BusinessLicence
        {
            Number = BusinessLicenceRules.Number(
                today, await numbers.NextAsync(db, LicensingDbContext.BusinessLicenceNumbers, cancellationToken)),
            Nib = input.Nib,
            Kbli = input.Kbli,
            IssuedOn = today,
            Status = PermitStatus.Active,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.BusinessLicences.Add(licence);
        return Answer(licence);
    }

    /// <summary>The issuer's own act, as with the NIB.</summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        var step = cancellation.Step;
        if (await db.BusinessLicences.FirstOrDefaultAsync(
            l => l.ApplicationId == step.ApplicationId && l.StepId == step.StepId && l.Status == PermitStatus.Active,
            cancellationToken) is { } licence)
        {
            (licence.Status, licence.RevokedAt, licence.RevokedReason) =
                (PermitStatus.Revoked, time.GetUtcNow(), cancellation.Reason);
        }

        return CancelAnswer.Done;
    }

    private static StepAnswer.Completed Answer(BusinessLicence licence) => new(
        new BusinessLicenceOutput(licence.Number),
        new IssuedDocument("business-licence", licence.Number, licence.IssuedOn, ValidUntil: null));
}

/// <summary>Which businesses a licence is considered for.</summary>
internal static class BusinessLicenceRules
{
    /// <param name="registered">
    /// The risk that the register has for the line of business; <see langword="null"/> when the NIB does not name it.
    /// </param>
    public static IReadOnlyList<StepReason> Refusals(RiskLevel? registered) => registered switch
    {
        null =>
        [
            new("nib-active", new("NIB tidak aktif atau tidak memuat KBLI ini.", "The NIB does not stand, "
                + "or does not name this KBLI."), "/nib", "PP 28/2025"),
        ],
        not RiskLevel.High =>
        [
            new("risk-is-high", new("Izin hanya untuk kegiatan usaha berisiko tinggi.", "A licence is only for a "
                + "business of high risk."), "/kbli", "PP 28/2025"),
        ],
        _ => [],
    };

    /// <summary>For example <c>IZ-20261122-000042</c>.</summary>
    public static string Number(DateOnly issuedOn, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"IZ-{issuedOn:yyyyMMdd}-{serial:D6}");
}
