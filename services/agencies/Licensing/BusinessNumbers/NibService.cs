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

    /// <summary>As verified; when it is not given, the birth date in the NIK counts.</summary>
    public DateOnly? OwnerBirthDate { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string BusinessName { get; init; }

    [RegularExpression("[0-9]{5}")]
    public required string Kbli { get; init; }

    /// <summary>Where the business is; the application's region when not given.</summary>
    public RegionCode? Region { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record NibOutput(string Nib, RiskLevel RiskLevel);

/// <summary>
/// Nomor Induk Berusaha: registers a business actor once, and each line of business under the one number, and says how
/// risky the line is.
/// </summary>
internal sealed class NibService(
    LicensingDbContext db, KbliTable kbli, NibRulebook rules, DocumentNumbers numbers, TimeProvider time)
    : AgencyService<NibInput>
{
    public override string Code => "licensing/business-identification-number";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<NibInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        // If one owner has two applications at once, the second finds the number of the first.
        var key = $"nib/{input.OwnerNik.Value}";
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({key}, 0))", cancellationToken);
        if (await db.Activities.AsNoTracking().FirstOrDefaultAsync(
            a => a.ApplicationId == step.ApplicationId && a.StepId == step.StepId && a.Status == PermitStatus.Active,
            cancellationToken) is { } same)
        {
            return Answer(same);
        }

        var nameKey = TextKey.Of(input.BusinessName);
        var inForce = await InForceAsync(input.OwnerNik, cancellationToken);
        var file = new NibCase(
            kbli.MayHave(input.Kbli, today),
            kbli.Find(input.Kbli, today),
            await BlocksAsync(input.OwnerNik, today, cancellationToken),
            IsRegistered(inForce, input.Kbli, nameKey),
            input.OwnerBirthDate ?? input.OwnerNik.BirthDate(today),
            today);
        if (NibRules.Refusals(file, rules) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused(refusals);
        }

        if (NibRules.NeedsOfficer(file, rules))
        {
            return new StepAnswer.Accepted(request.ApplicationNumber.Value);
        }

        var business = inForce ?? db.Businesses.Add(new Business
        {
            Nib = NibRules.Number(today, await numbers.NextAsync(db, LicensingDbContext.NibNumbers, cancellationToken)),
            OwnerNik = input.OwnerNik,
            OwnerName = input.OwnerName,
            IssuedOn = today,
            Status = PermitStatus.Active,
        }).Entity;
        var activity = new BusinessActivity
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Nib = business.Nib,
            BusinessName = input.BusinessName,
            BusinessNameKey = nameKey,
            Kbli = input.Kbli,
            RiskLevel = file.Line!.Risk,
            Region = input.Region ?? request.Region,
            RegisteredOn = today,
            Status = PermitStatus.Active,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        business.Add(activity);
        return Answer(activity);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var (owner, code, name) = (request.Value<Nik>("ownerNik"), request.Text("kbli"), request.Text("businessName"));
        var (born, today) = (request.Value<DateOnly>("ownerBirthDate"), request.Today);
        var known = owner is not null && code is not null && name is not null;
        var file = new NibCase(
            code is not null && kbli.MayHave(code, today),
            code is null ? null : kbli.Find(code, today),
            owner is { } nik ? await BlocksAsync(nik, today, cancellationToken) : [],
            known && IsRegistered(
                await InForceAsync(owner!.Value, cancellationToken), code!, TextKey.Of(name!)),
            born ?? owner?.BirthDate(today),
            today);
        return Judgement.Of(
            NibRules.Refusals(file, rules),
            [
                .. code is null ? (string[])[] : ["kbli-known"],
                .. file.OwnerBorn is null ? (string[])[] : ["owner-of-age"],
                .. owner is null ? (string[])[] : ["owner-not-blocked"],
                .. known ? (string[])["activity-unregistered"] : [],
            ]);
    }

    /// <summary>
    /// Foresees the risk of the line of business, from the table. The number comes only when it is issued.
    /// </summary>
    public override Task<object?> ForeseeAsync(PrecheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<object?>(request.Text("kbli") is { } code && kbli.Find(code, request.Today) is { } line
            ? new { RiskLevel = line.Risk }
            : null);

    /// <summary>
    /// Only the issuer may revoke, and this service is the issuer. What rests on the activity is revoked with it, and
    /// the NIB with the last activity.
    /// </summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        var (step, now, reason) = (cancellation.Step, time.GetUtcNow(), cancellation.Reason);
        var business = await db.Businesses.Include(b => b.Activities.Where(a => a.Status == PermitStatus.Active))
            .FirstOrDefaultAsync(b => b.Activities.Any(a => a.ApplicationId == step.ApplicationId
                && a.StepId == step.StepId && a.Status == PermitStatus.Active), cancellationToken);
        if (business is null)
        {
            return CancelAnswer.Done;
        }

        var activity = business.Activities.Single(
            a => a.ApplicationId == step.ApplicationId && a.StepId == step.StepId);
        (activity.Status, activity.RevokedAt, activity.RevokedReason) = (PermitStatus.Revoked, now, reason);
        var left = business.Activities.Where(a => a.Status == PermitStatus.Active).ToList();
        if (left.Count == 0)
        {
            (business.Status, business.RevokedAt, business.RevokedReason) = (PermitStatus.Revoked, now, reason);
        }

        if (left.TrueForAll(a => a.Kbli != activity.Kbli))
        {
            await RevokePermitsAsync(activity, now, reason, cancellationToken);
        }

        return CancelAnswer.Done;
    }

    private async Task RevokePermitsAsync(
        BusinessActivity activity, DateTimeOffset now, string reason, CancellationToken cancellationToken)
    {
        foreach (var certificate in await db.Certificates
            .Where(c => c.Nib == activity.Nib && c.Kbli == activity.Kbli && c.Status == PermitStatus.Active)
            .ToListAsync(cancellationToken))
        {
            (certificate.Status, certificate.RevokedAt, certificate.RevokedReason) =
                (PermitStatus.Revoked, now, reason);
        }

        foreach (var licence in await db.BusinessLicences
            .Where(l => l.Nib == activity.Nib && l.Kbli == activity.Kbli && l.Status == PermitStatus.Active)
            .ToListAsync(cancellationToken))
        {
            (licence.Status, licence.RevokedAt, licence.RevokedReason) = (PermitStatus.Revoked, now, reason);
        }
    }

    private Task<Business?> InForceAsync(Nik owner, CancellationToken cancellationToken) => db.Businesses
        .Include(b => b.Activities.Where(a => a.Status == PermitStatus.Active))
        .FirstOrDefaultAsync(b => b.OwnerNik == owner && b.Status == PermitStatus.Active, cancellationToken);

    private static bool IsRegistered(Business? inForce, string kbli, string nameKey) =>
        inForce?.Activities.Any(a => a.Kbli == kbli && a.BusinessNameKey == nameKey) == true;

    private Task<List<BlockGround>> BlocksAsync(Nik owner, DateOnly today, CancellationToken cancellationToken) =>
        db.OwnerBlocks.Where(b => b.Nik == owner && b.BlockedOn <= today && (b.LiftedOn == null || b.LiftedOn > today))
            .Select(b => b.Ground).ToListAsync(cancellationToken);

    private static StepAnswer.Completed Answer(BusinessActivity activity) => new(
        new NibOutput(activity.Nib, activity.RiskLevel),
        new IssuedDocument("nib", activity.Nib, activity.RegisteredOn, ValidUntil: null));
}
