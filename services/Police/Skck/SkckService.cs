using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Mpp.Agency;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Police.Data;
using Mpp.Police.Records;

namespace Mpp.Police.Skck;

/// <summary>Surat Keterangan Catatan Kepolisian: whether the police have a record of a person (Perpol 6/2023).</summary>
internal sealed class SkckService(PoliceDb db, SkckRulebook rules, IssuingUnits units, IOptions<PoliceOptions> options, TimeProvider clock) : AgencyService<SkckInput>
{
    public override string Code => "police/skck";

    public override async Task<StepAnswer> PerformAsync(StepRequest<SkckInput> request, CancellationToken cancellationToken)
    {
        var (input, today) = (request.Input, request.Today);
        var known = await Known(request.Step, input.Nik, cancellationToken);
        if (known.Issued is { } issued)
        {
            return Answer(issued);
        }

        var level = rules.Levels.RequiredOn(today).Value[input.Purpose];
        var file = new SkckCase(
            input,
            known.Cases.Contains(CaseState.Open),
            units.For(level, request.Region, input.Domicile ?? input.Nik.Region),
            options.Value.DomicileRule ?? rules.Domicile.RequiredOn(today).Value,
            request.Region,
            today);
        if (SkckRules.Refusals(file, rules) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Rejected(refusals);
        }

        if (SkckRules.Domicile(file) is { } missing)
        {
            return new StepAnswer.CorrectionRequested(missing);
        }

        var certificate = await Issue(request, file.Unit!, known.Cases.Count > 0, today, cancellationToken);
        db.Certificates.Add(certificate);
        return Answer(certificate);
    }

    /// <summary>Everything that the decision needs from the registers, in one round trip.</summary>
    private async Task<(IReadOnlyList<CaseState> Cases, SkckCertificate? Issued)> Known(StepRef step, Nik nik, CancellationToken cancellationToken)
    {
        var rows = await (
            from one in db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\"")
            from record in db.Records.Where(r => r.Nik == nik).DefaultIfEmpty()
            from issued in db.Certificates.Where(c => c.ApplicationId == step.ApplicationId && c.StepId == step.StepId).DefaultIfEmpty()
            select new { State = (CaseState?)record!.State, Issued = issued }).AsNoTracking().ToListAsync(cancellationToken);
        return ([.. rows.Where(r => r.State is not null).Select(r => r.State!.Value)], rows[0].Issued);
    }

    private async Task<SkckCertificate> Issue(StepRequest<SkckInput> request, IssuingUnit unit, bool mentionsRecord, DateOnly today, CancellationToken cancellationToken)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var serial = await db.NextSerial(unit.Code, month, cancellationToken);
        return new SkckCertificate
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Number = unit.NumberOf(serial, today),
            Unit = unit.Code,
            Month = month,
            Serial = serial,
            HolderNik = request.Input.Nik,
            HolderName = request.Input.Name,
            HolderBirthDate = request.Input.BirthDate,
            Purpose = request.Input.Purpose,
            Level = unit.Level,
            MentionsRecord = mentionsRecord,
            JknStatus = request.Input.JknStatus,
            JknProof = request.Input.JknProof,
            IssuedOn = today,
            ValidUntil = SkckRules.ValidUntil(today, rules),
            FeeRupiah = rules.FeeRupiah.RequiredOn(today).Value,
            ApplicationId = request.Step.ApplicationId,
            StepId = request.Step.StepId,
        };
    }

    private static StepAnswer.Completed Answer(SkckCertificate issued) => new(
        new SkckOutput(issued.Number, issued.Level, issued.ValidUntil),
        new IssuedDocument("skck", issued.Number, issued.IssuedOn, issued.ValidUntil));
}
