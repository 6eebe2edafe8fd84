using System.ComponentModel.DataAnnotations;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Data;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.Certificates;

/// <summary>What <c>licensing/standard-certificate</c> takes.</summary>
internal sealed record CertificateInput
{
    [RegularExpression("[0-9]{13}")]
    public required string Nib { get; init; }

    [RegularExpression("[0-9]{5}")]
    public required string Kbli { get; init; }

    public required RiskLevel RiskLevel { get; init; }

    /// <summary>The owner declares to meet the standards.</summary>
    public required bool Declaration { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record CertificateOutput(string CertificateNumber, bool Verified);

/// <summary>Sertifikat Standar for businesses of medium risk.</summary>
internal sealed class StandardCertificateService(
    LicensingDbContext db, DocumentNumbers numbers, TimeProvider time) : AgencyService<CertificateInput>
{
    public override string Code => "licensing/standard-certificate";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<CertificateInput> request, CancellationToken cancellationToken)
    {
        var (input, step) = (request.Input, request.Step);
        var business = await db.Businesses.AsNoTracking()
            .Include(b => b.Activities.Where(a => a.Kbli == input.Kbli && a.Status == PermitStatus.Active))
            .FirstOrDefaultAsync(b => b.Nib == input.Nib, cancellationToken);
        var activity = business?.Activities.MaxBy(a => a.Id);
        if (CertificateRules.Refusals(input, business, activity) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused(refusals);
        }

        // One certificate for each NIB and line of business: whoever asks again is told of the existing one.
        if (await db.Certificates.AsNoTracking().FirstOrDefaultAsync(
            c => c.Nib == input.Nib && c.Kbli == input.Kbli && c.Status == PermitStatus.Active,
            cancellationToken) is { } inForce)
        {
            return Answer(inForce);
        }

        if (CertificateRules.NeedsOfficer(activity!.RiskLevel, granted: request.BoundByLaw is not null))
        {
            return new StepAnswer.Accepted(request.ApplicationNumber.Value);
        }

        var issued = new StandardCertificate
        {
            Number = CertificateRules.Number(
                request.Today, await numbers.NextAsync(db, LicensingDbContext.CertificateNumbers, cancellationToken)),
            Nib = input.Nib,
            Kbli = input.Kbli,
            RiskLevel = activity.RiskLevel,
            Verified = true,
            IssuedOn = request.Today,
            Status = PermitStatus.Active,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.Certificates.Add(issued);
        return Answer(issued);
    }

    /// <summary>
    /// The NIB, and with it the risk, comes from the step before; of the rest only the declaration can be judged.
    /// </summary>
    public override Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Precondition>>(request.Value<bool>("declaration") switch
        {
            null => [],
            true => [Judgement.Fulfilled("declaration-signed")],
            false => [Judgement.Missing(CertificateRules.NoDeclaration)],
        });

    /// <summary>The issuer's own act, as with the NIB.</summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        var step = cancellation.Step;
        if (await db.Certificates.FirstOrDefaultAsync(
            c => c.ApplicationId == step.ApplicationId && c.StepId == step.StepId && c.Status == PermitStatus.Active,
            cancellationToken) is { } certificate)
        {
            (certificate.Status, certificate.RevokedAt, certificate.RevokedReason) =
                (PermitStatus.Revoked, time.GetUtcNow(), cancellation.Reason);
        }

        return CancelAnswer.Done;
    }

    private static StepAnswer.Completed Answer(StandardCertificate certificate) => new(
        new CertificateOutput(certificate.Number, certificate.Verified),
        new IssuedDocument("standard-certificate", certificate.Number, certificate.IssuedOn, ValidUntil: null));
}
