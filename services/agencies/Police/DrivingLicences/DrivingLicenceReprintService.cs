using System.ComponentModel.DataAnnotations;
using Mpp.Police.Data;

namespace Mpp.Police.DrivingLicences;

/// <summary>What <c>police/driving-licence-reprint</c> takes.</summary>
internal sealed record DrivingLicenceInput
{
    public required Nik Nik { get; init; }

    /// <summary>The class of every lost licence.</summary>
    [MaxLength(2)]
    public IReadOnlyList<LicenceClass>? LicenceClasses { get; init; }

    /// <summary>For a package that has room for one class only, as in its first version.</summary>
    public LicenceClass? LicenceClass { get; init; }

    [StringLength(64, MinimumLength = 1)]
    public required string LossReportNumber { get; init; }
}

/// <summary>A licence that was printed again.</summary>
internal sealed record ReplacedLicence(LicenceClass LicenceClass, string LicenceNumber, DateOnly ValidUntil);

/// <summary>What it gives back.</summary>
internal sealed record DrivingLicenceOutput(IReadOnlyList<ReplacedLicence> Licences);

/// <summary>Prints driving licences that were lost once more, for a fee.</summary>
internal sealed class DrivingLicenceReprintService(
    PoliceDbContext db, DrivingLicenceRulebook rules, TimeProvider time) : AgencyService<DrivingLicenceInput>
{
    public override string Code => "police/driving-licence-reprint";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<DrivingLicenceInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        var classes = Classes(input.LicenceClasses, input.LicenceClass);
        if (classes.Count == 0)
        {
            return new StepAnswer.CorrectionRequested(DrivingLicenceRules.NoClass);
        }

        var licences = await FindAsync(input.Nik, classes, cancellationToken);
        if (await db.DrivingLicencePrints.AnyAsync(
            p => p.ApplicationId == step.ApplicationId && p.StepId == step.StepId, cancellationToken))
        {
            return Answer(licences, today);
        }

        // A file that was paid for has been accepted before, and is not judged again.
        if (request.Paid is not { } paid)
        {
            var report = await db.LossReports.AsNoTracking()
                .FirstOrDefaultAsync(r => r.Number == input.LossReportNumber, cancellationToken);
            return DrivingLicenceRules.Refusals(input.Nik, classes, licences, report, today) is
            { Count: > 0 } refusals
                ? new StepAnswer.Refused(refusals)
                : Fee(classes, today);
        }

        var left = paid.AmountRupiah;
        foreach (var (index, licence) in licences.Index())
        {
            // The tariff may have changed since the fee was asked for: the last licence takes the rest of what was
            // paid.
            var fee = index == licences.Count - 1
                ? left
                : Math.Min(left, rules.ReprintFeeRupiah.RequiredOn(today).Value[licence.Class]);
            left -= fee;
            db.DrivingLicencePrints.Add(new DrivingLicencePrint
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                LicenceNumber = licence.Number,
                LossReportNumber = input.LossReportNumber,
                PrintedOn = today,
                FeeRupiah = fee,
                ApplicationId = step.ApplicationId,
                StepId = step.StepId,
            });
        }

        return Answer(licences, today);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var classes = Classes(
            request.Object<IReadOnlyList<LicenceClass>>("licenceClasses"), request.Value<LicenceClass>("licenceClass"));
        if (classes.Count == 0)
        {
            return [Judgement.Missing(DrivingLicenceRules.NoClass)];
        }

        if (request.Value<Nik>("nik") is not { } nik)
        {
            return [Judgement.Fulfilled("licence-class")];
        }

        var licences = await FindAsync(nik, classes, cancellationToken);
        return Judgement.Of(
            [.. DrivingLicenceRules.NotRegistered(classes, licences, request.Today)],
            "licence-class", "licence-registered");
    }

    private static IReadOnlyList<LicenceClass> Classes(IReadOnlyList<LicenceClass>? all, LicenceClass? one) =>
        [.. (all ?? []).Concat(one is { } single ? [single] : []).Distinct().Order()];

    private StepAnswer.FeeRequested Fee(IReadOnlyList<LicenceClass> classes, DateOnly today)
    {
        var fee = rules.ReprintFeeRupiah.RequiredOn(today);
        return new(
            classes.Sum(c => fee.Value[c]), $"PNBP SIM {string.Join(", ", classes)}, {fee.LegalBasis}",
            time.GetUtcNow().AddDays(rules.PaymentDays.RequiredOn(today).Value));
    }

    private Task<List<DrivingLicence>> FindAsync(
        Nik holder, IReadOnlyList<LicenceClass> classes, CancellationToken cancellationToken) =>
        db.DrivingLicences.AsNoTracking().Where(l => l.HolderNik == holder && classes.Contains(l.Class))
            .OrderBy(l => l.Class).ToListAsync(cancellationToken);

    private static StepAnswer.Completed Answer(IReadOnlyList<DrivingLicence> licences, DateOnly today) => new(
        new DrivingLicenceOutput([.. licences.Select(l => new ReplacedLicence(l.Class, l.Number, l.ValidUntil))]),
        [.. licences.Select(l => new IssuedDocument("driving-licence", l.Number, today, l.ValidUntil))]);
}
