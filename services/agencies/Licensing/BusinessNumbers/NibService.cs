using System.ComponentModel.DataAnnotations;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Data;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.BusinessNumbers;

/// <summary>What <c>licensing/business-identification-number</c> takes.</summary>
internal sealed record NibInput
{
    public required Nik OwnerNik { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string OwnerName { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string BusinessName { get; init; }

    [RegularExpression("[0-9]{5}")]
    public required string Kbli { get; init; }

    /// <summary>Where the business is; the application's region when not given.</summary>
    public RegionCode? Region { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record NibOutput(string Nib, RiskLevel RiskLevel);

/// <summary>Nomor Induk Berusaha: registers a business and says how risky its line of business is.</summary>
internal sealed class NibService(
    LicensingDbContext db, KbliTable kbli, DocumentNumbers numbers, TimeProvider time) : AgencyService<NibInput>
{
    public override string Code => "licensing/business-identification-number";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<NibInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        var nameKey = NameKey.Of(input.BusinessName);
        var namesake = await db.Businesses.AsNoTracking()
            .FirstOrDefaultAsync(b => b.OwnerNik == input.OwnerNik
                && b.BusinessNameKey == nameKey && b.Status == PermitStatus.Active, cancellationToken);
        if (namesake is not null && namesake.ApplicationId == step.ApplicationId && namesake.StepId == step.StepId)
        {
            return Answer(namesake);
        }

        var blocks = await BlocksAsync(input.OwnerNik, today, cancellationToken);
        var line = kbli.Find(input.Kbli, today);
        if (NibRules.Refusals(line, blocks, namesake is not null) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused(refusals);
        }

        var business = new Business
        {
            Nib = NibRules.Number(today, await numbers.NextAsync(db, LicensingDbContext.NibNumbers, cancellationToken)),
            OwnerNik = input.OwnerNik,
            OwnerName = input.OwnerName,
            BusinessName = input.BusinessName,
            BusinessNameKey = nameKey,
            Kbli = input.Kbli,
            RiskLevel = line!.Risk,
            Region = input.Region ?? request.Region,
            IssuedOn = today,
            Status = PermitStatus.Active,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.Businesses.Add(business);
        return Answer(business);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var (owner, code, name) = (request.Value<Nik>("ownerNik"), request.Text("kbli"), request.Text("businessName"));
        var nameKey = name is null ? null : NameKey.Of(name);
        var blocks = owner is { } nik ? await BlocksAsync(nik, request.Today, cancellationToken) : [];
        var inUse = owner is not null && nameKey is not null
            && await db.Businesses.AnyAsync(b => b.OwnerNik == owner
                && b.BusinessNameKey == nameKey && b.Status == PermitStatus.Active, cancellationToken);
        return Judgement.Of(
            NibRules.Refusals(code is null ? null : kbli.Find(code, request.Today), blocks, inUse),
            [
                .. code is null ? (string[])[] : ["kbli-known"],
                .. owner is null ? (string[])[] : ["owner-not-blocked"],
                .. owner is null || name is null ? (string[])[] : ["business-name-unused"],
            ]);
    }

    /// <summary>The number comes with the issue; how risky the line of business is stands in the table.</summary>
    public override Task<object?> ForeseeAsync(PrecheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<object?>(request.Text("kbli") is { } code && kbli.Find(code, request.Today) is { } line
            ? new { RiskLevel = line.Risk }
            : null);

    /// <summary>
    /// Only who issued may revoke, and the issuer is this service. What rests on the NIB falls with it.
    /// </summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        var step = cancellation.Step;
        var business = await db.Businesses.FirstOrDefaultAsync(
            b => b.ApplicationId == step.ApplicationId && b.StepId == step.StepId && b.Status == PermitStatus.Active,
            cancellationToken);
        if (business is null)
        {
            return CancelAnswer.Done;
        }

        var now = time.GetUtcNow();
        (business.Status, business.RevokedAt, business.RevokedReason) =
            (PermitStatus.Revoked, now, cancellation.Reason);
        foreach (var certificate in await db.Certificates
            .Where(c => c.Nib == business.Nib && c.Status == PermitStatus.Active).ToListAsync(cancellationToken))
        {
            (certificate.Status, certificate.RevokedAt, certificate.RevokedReason) =
                (PermitStatus.Revoked, now, cancellation.Reason);
        }

        return CancelAnswer.Done;
    }

    private Task<List<BlockGround>> BlocksAsync(Nik owner, DateOnly today, CancellationToken cancellationToken) =>
        db.OwnerBlocks.Where(b => b.Nik == owner && b.BlockedOn <= today && (b.LiftedOn == null || b.LiftedOn > today))
            .Select(b => b.Ground).ToListAsync(cancellationToken);

    private static StepAnswer.Completed Answer(Business business) => new(
        new NibOutput(business.Nib, business.RiskLevel),
        new IssuedDocument("nib", business.Nib, business.IssuedOn, ValidUntil: null));
}
