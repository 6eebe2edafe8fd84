using System.ComponentModel.DataAnnotations;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Data;

namespace Mpp.Licensing.Practices;

/// <summary>What <c>licensing/practice-licence</c> takes.</summary>
internal sealed record PracticeLicenceInput
{
    public required Nik Nik { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    public required Profession Profession { get; init; }

    [RegularExpression("[A-Z]{2}[0-9]{14}|[0-9]{16}")]
    public required string StrNumber { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string FacilityName { get; init; }

    [StringLength(200, MinimumLength = 1)]
    public required string FacilityAddress { get; init; }

    [StringLength(64, MinimumLength = 1)]
    public required string RecommendationNumber { get; init; }

    /// <summary>A licence for this place stands and is renewed.</summary>
    public bool? Renewal { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record PracticeLicenceOutput(string LicenceNumber, int Place, DateOnly ValidUntil);

/// <summary>
/// Surat Izin Praktik. Five working days without an answer are a grant (SKB of 9 September 2025, UU 30/2014 art. 53);
/// the limit of three places is above that, so a fourth licence is not issued even then.
/// </summary>
internal sealed class PracticeLicenceService(
    LicensingDbContext db, PracticeLicenceRulebook rules, DocumentNumbers numbers, TimeProvider time)
    : AgencyService<PracticeLicenceInput>
{
    public override string Code => "licensing/practice-licence";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<PracticeLicenceInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        // If two applications ask for a holder's last place, the second waits for the first.
        var key = $"practice/{input.Nik.Value}";
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({key}, 0))", cancellationToken);
        if (await db.PracticeLicences.AsNoTracking().FirstOrDefaultAsync(
            l => l.ApplicationId == step.ApplicationId && l.StepId == step.StepId && l.Status == PermitStatus.Active,
            cancellationToken) is { } same)
        {
            return Answer(same);
        }

        var facilityKey = PracticeLicenceRules.FacilityKey(input.FacilityName, input.FacilityAddress);
        var inForce = await InForceAsync(input.Nik, today, cancellationToken);
        var used = await db.PracticeLicences.AnyAsync(l => l.RecommendationNumber == input.RecommendationNumber
            && l.Status == PermitStatus.Active, cancellationToken);
        var renewal = input.Renewal == true;
        var nothing = PracticeLicenceRules.NothingToRenew(inForce, facilityKey, renewal);
        if (PracticeLicenceRules.Refusals(inForce, facilityKey, renewal, used, today, rules) is
            { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused([.. refusals, .. nothing is null ? (StepReason[])[] : [nothing]]);
        }

        // The law has granted what was applied for: a licence for this place, whether there was one or not.
        if (nothing is not null && request.BoundByLaw is null)
        {
            return new StepAnswer.CorrectionRequested(nothing);
        }

        var renewed = renewal ? inForce.Find(l => l.FacilityKey == facilityKey) : null;

        var licence = new PracticeLicence
        {
            Number = PracticeLicenceRules.Number(
                today, await numbers.NextAsync(db, LicensingDbContext.PracticeLicenceNumbers, cancellationToken)),
            HolderNik = input.Nik,
            HolderName = input.Name,
            Profession = input.Profession,
            StrNumber = input.StrNumber,
            FacilityName = input.FacilityName,
            FacilityAddress = input.FacilityAddress,
            FacilityKey = facilityKey,
            Place = renewed?.Place ?? PracticeLicenceRules.FreePlace(inForce),
            RecommendationNumber = input.RecommendationNumber,
            Region = request.Region,
            IssuedOn = today,
            ValidUntil = today.AddYears(rules.ValidityYears.RequiredOn(today).Value).AddDays(-1),
            Status = PermitStatus.Active,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.PracticeLicences.Add(licence);
        if (renewed is not null)
        {
            var old = await db.PracticeLicences.SingleAsync(l => l.Number == renewed.Number, cancellationToken);
            (old.Status, old.ReplacedBy) = (PermitStatus.Replaced, licence.Number);
        }

        return Answer(licence);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        if (request.Value<Nik>("nik") is not { } nik)
        {
            return [];
        }

        var place = request.Text("facilityName") is { } name && request.Text("facilityAddress") is { } address
            ? PracticeLicenceRules.FacilityKey(name, address)
            : null;
        var renewal = request.Value<bool>("renewal") == true;
        var inForce = await InForceAsync(nik, request.Today, cancellationToken);
        return Judgement.Of(
            [
                .. PracticeLicenceRules.Refusals(
                    inForce, place, renewal, recommendationUsed: false, request.Today, rules),
                .. PracticeLicenceRules.NothingToRenew(inForce, place, renewal) is { } none
                    ? (StepReason[])[none]
                    : [],
            ],
            [
                "three-places",
                .. place is null ? (string[])[] : ["one-licence-one-place"],
                .. place is null || !renewal ? (string[])[] : ["licence-to-renew"],
            ]);
    }

    /// <summary>
    /// The issuer's own act (pencabutan); the place is free again, or the licence that had been renewed stands again.
    /// </summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        var step = cancellation.Step;
        if (await db.PracticeLicences.FirstOrDefaultAsync(
            l => l.ApplicationId == step.ApplicationId && l.StepId == step.StepId && l.Status == PermitStatus.Active,
            cancellationToken) is { } licence)
        {
            (licence.Status, licence.RevokedAt, licence.RevokedReason) =
                (PermitStatus.Revoked, time.GetUtcNow(), cancellation.Reason);
            if (await db.PracticeLicences.FirstOrDefaultAsync(
                l => l.ReplacedBy == licence.Number, cancellationToken) is { } renewed)
            {
                (renewed.Status, renewed.ReplacedBy) = (PermitStatus.Active, null);
            }
        }

        return CancelAnswer.Done;
    }

    private Task<List<StandingLicence>> InForceAsync(
        Nik holder, DateOnly today, CancellationToken cancellationToken) =>
        db.PracticeLicences
            .Where(l => l.HolderNik == holder && l.Status == PermitStatus.Active && l.ValidUntil >= today)
            .Select(l => new StandingLicence(l.Number, l.Place, l.FacilityKey)).ToListAsync(cancellationToken);

    private static StepAnswer.Completed Answer(PracticeLicence licence) => new(
        new PracticeLicenceOutput(licence.Number, licence.Place, licence.ValidUntil),
        new IssuedDocument("practice-licence", licence.Number, licence.IssuedOn, licence.ValidUntil));
}
