using System.ComponentModel.DataAnnotations;
using Mpp.Police.Data;

namespace Mpp.Police.DrivingLicences;

/// <summary>What <c>police/driving-licence-reprint</c> takes.</summary>
internal sealed record DrivingLicenceInput
{
    public required Nik Nik { get; init; }

    [RegularExpression("[AC]")]
    public required string LicenceClass { get; init; }

    [StringLength(64, MinimumLength = 1)]
    public required string LossReportNumber { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record DrivingLicenceOutput(string LicenceNumber, DateOnly ValidUntil);

/// <summary>Prints a driving licence that was lost once more, for a fee.</summary>
internal sealed class DrivingLicenceReprintService(
    PoliceDbContext db, DrivingLicenceRulebook rules, TimeProvider time) : AgencyService<DrivingLicenceInput>
{
    public override string Code => "police/driving-licence-reprint";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<DrivingLicenceInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        var kind = Enum.Parse<LicenceClass>(input.LicenceClass);
        var licence = await FindAsync(input.Nik, kind, cancellationToken);
        if (await db.DrivingLicencePrints.AnyAsync(
            p => p.ApplicationId == step.ApplicationId && p.StepId == step.StepId, cancellationToken))
        {
            return Answer(licence!, today);
        }

        // A file that was paid for was accepted, and is not judged again.
        if (request.Paid is not { } paid)
        {
            var report = await db.LossReports.AsNoTracking()
                .FirstOrDefaultAsync(r => r.Number == input.LossReportNumber, cancellationToken);
            return DrivingLicenceRules.Refusals(input.Nik, licence, report, today) is { Count: > 0 } refusals
                ? new StepAnswer.Refused(refusals)
                : Fee(kind, today);
        }

        db.DrivingLicencePrints.Add(new DrivingLicencePrint
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            LicenceNumber = licence!.Number,
            LossReportNumber = input.LossReportNumber,
            PrintedOn = today,
            FeeRupiah = paid.AmountRupiah,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        });
        return Answer(licence, today);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        if (request.Value<Nik>("nik") is not { } nik || request.Text("licenceClass") is not { } kind)
        {
            return [];
        }

        var licence = await FindAsync(nik, Enum.Parse<LicenceClass>(kind), cancellationToken);
        return Judgement.Of(
            DrivingLicenceRules.NotRegistered(licence, request.Today) is { } none ? [none] : [], "licence-registered");
    }

    private StepAnswer.FeeRequested Fee(LicenceClass kind, DateOnly today)
    {
        var fee = rules.ReprintFeeRupiah.RequiredOn(today);
        return new(fee.Value[kind], $"PNBP SIM {kind}, {fee.LegalBasis}", time.GetUtcNow()
            .AddDays(rules.PaymentDays.RequiredOn(today).Value));
    }

    private Task<DrivingLicence?> FindAsync(Nik holder, LicenceClass kind, CancellationToken cancellationToken) =>
        db.DrivingLicences.AsNoTracking()
            .FirstOrDefaultAsync(l => l.HolderNik == holder && l.Class == kind, cancellationToken);

    private static StepAnswer.Completed Answer(DrivingLicence licence, DateOnly today) => new(
        new DrivingLicenceOutput(licence.Number, licence.ValidUntil),
        new IssuedDocument("driving-licence", licence.Number, today, licence.ValidUntil));
}
