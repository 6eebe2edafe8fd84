using System.Globalization;
using Microsoft.Extensions.Options;
using Mpp.Police.Data;
using Mpp.Police.Records;

namespace Mpp.Police.Skck;

/// <summary>
/// Surat Keterangan Catatan Kepolisian: whether the police have a record of a person (Perpol 6/2023).
/// </summary>
internal sealed class SkckService(
    PoliceDbContext db, SkckRulebook rules, IssuingUnits units, SerialNumbers numbers, IOptions<PoliceOptions> options,
    TimeProvider time) : AgencyService<SkckInput>
{
    public override string Code => "police/skck";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<SkckInput> request, CancellationToken cancellationToken)
    {
        var (input, today) = (request.Input, request.Today);
        var known = await Known(request.Step, input.Nik, cancellationToken);
        if (known.Issued is { } issued)
        {
            return Answer(issued);
        }

        var file = FileOf(request, known.Cases.Contains(CaseState.Open), await EarlierAsync(input, cancellationToken));
        // A file that was paid for has been accepted before, and is not judged again.
        if (request.Paid is null && Decision(request, file) is { } decision)
        {
            return decision;
        }

        var certificate = await Issue(request, file.Unit!, known.Cases.Count > 0, today, cancellationToken);
        db.Certificates.Add(certificate);
        return Answer(certificate);
    }

    /// <summary>
    /// Whoever asks is told nothing of the register: what the police have on file is told to the person concerned, on
    /// paper.
    /// </summary>
    public override Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken) => Task.FromResult(Check(request));

    private IReadOnlyList<Precondition> Check(PrecheckRequest request)
    {
        var today = request.Today;
        var (nik, birthDate, purpose) =
            (request.Value<Nik>("nik"), request.Value<DateOnly>("birthDate"), request.Value<SkckPurpose>("purpose"));
        var (reasons, judged) = (new List<StepReason?>(), new List<string>());
        if (birthDate is { } born)
        {
            judged.Add("identity-document");
            reasons.Add(SkckRules.NoIdentity(born, request.Text("identityDocument"), today, rules));
        }

        if (purpose is { } goal)
        {
            var level = LevelFor(goal, request.Region, today);
            judged.Add("issuing-level");
            reasons.Add(units.For(level, request.Region, nik?.Region ?? request.Region) is null
                ? SkckRules.OtherLevel(level, units.OfficeFor(level, request.Region), today, rules)
                : null);
        }

        // BPJS tells whether the membership is active, in a step before this one. If there is proof, it does not
        // matter.
        var (status, proof) = (request.Value<JknStatus>("jknStatus"), request.Text("jknProof"));
        if (status is null && proof is null)
        {
            return [.. Judgement.Of([.. reasons.OfType<StepReason>()], judged),
                Judgement.KnownLater("jkn-active-or-proof")];
        }

        reasons.Add(SkckRules.NoInsurance(status ?? JknStatus.Inactive, proof, today, rules));
        return Judgement.Of([.. reasons.OfType<StepReason>()], [.. judged, "jkn-active-or-proof"]);
    }

    private SkckCase FileOf(StepRequest<SkckInput> request, bool openRecord, SkckCertificate? earlier)
    {
        var (input, today) = (request.Input, request.Today);
        var level = LevelFor(input.Purpose, request.Region, today);
        return new SkckCase(
            input,
            openRecord,
            level,
            units.For(level, request.Region, input.Domicile ?? input.Nik.Region),
            units.OfficeFor(level, request.Region),
            options.Value.DomicileRule ?? rules.Domicile.RequiredOn(today).Value,
            request.Region,
            today,
            earlier);
    }

    private SkckLevel LevelFor(SkckPurpose purpose, RegionCode region, DateOnly today) =>
        SkckRules.LevelFor(
            purpose, region, options.Value.SectorsIssueIn?.Select(r => RegionCode.Parse(r)).ToList(), today, rules);

    private async Task<SkckCertificate?> EarlierAsync(SkckInput input, CancellationToken cancellationToken) =>
        input.Extends is { } number
            ? await db.Certificates.AsNoTracking().FirstOrDefaultAsync(c => c.Number == number, cancellationToken)
            : null;

    /// <summary>
    /// A refusal, a correction, an officer's time or the fee; <see langword="null"/> when the certificate can be
    /// issued.
    /// </summary>
    private StepAnswer? Decision(StepRequest<SkckInput> request, SkckCase file)
    {
        var (refusals, corrections) = (SkckRules.Refusals(file, rules), SkckRules.Corrections(file, rules));
        if (refusals.Count > 0)
        {
            return new StepAnswer.Refused([.. refusals, .. corrections]);
        }

        if (corrections.Count > 0)
        {
            return new StepAnswer.CorrectionRequested(corrections);
        }

        if (SkckRules.NeedsOfficer(file))
        {
            return new StepAnswer.Accepted(request.ApplicationNumber.Value);
        }

        var fee = rules.FeeRupiah.RequiredOn(file.Today);
        return fee.Value > 0
            ? new StepAnswer.FeeRequested(fee.Value, $"PNBP SKCK, {fee.LegalBasis}",
                time.GetUtcNow().AddDays(rules.PaymentDays.RequiredOn(file.Today).Value))
            : null;
    }

    /// <summary>Everything that the decision needs from the registers, in one round trip.</summary>
    private async Task<(IReadOnlyList<CaseState> Cases, SkckCertificate? Issued)> Known(
        StepRef step, Nik nik, CancellationToken cancellationToken)
    {
        var rows = await (
            from one in db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\"")
            from record in db.Records.Where(r => r.Nik == nik).DefaultIfEmpty()
            from issued in db.Certificates
                .Where(c => c.ApplicationId == step.ApplicationId && c.StepId == step.StepId).DefaultIfEmpty()
            select new { State = (CaseState?)record!.State, Issued = issued }).AsNoTracking()
            .ToListAsync(cancellationToken);
        return ([.. rows.Where(r => r.State is not null).Select(r => r.State!.Value)], rows[0].Issued);
    }

    private async Task<SkckCertificate> Issue(
        StepRequest<SkckInput> request, IssuingUnit unit, bool statesRecord, DateOnly today,
        CancellationToken cancellationToken)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var serial = await numbers.TakeAsync(
            string.Create(CultureInfo.InvariantCulture, $"skck/{unit.Code}/{month:yyyy-MM}"), request.Step,
            cancellationToken);
        return new SkckCertificate
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Number = unit.NumberOf(serial, today),
            Unit = unit.Code,
            Month = month,
            Serial = serial,
            HolderNik = request.Input.Nik,
            HolderName = request.Input.Name,
            HolderBirthDate = request.Input.BirthDate,
            Purpose = request.Input.Purpose,
            Level = unit.Level,
            StatesRecord = statesRecord,
            Extends = request.Input.Extends,
            IdentityDocument = request.Input.IdentityDocument,
            JknStatus = request.Input.JknStatus,
            JknProof = request.Input.JknProof,
            IssuedOn = today,
            ValidUntil = SkckRules.ValidUntil(today, rules),
            FeeRupiah = request.Paid?.AmountRupiah ?? rules.FeeRupiah.RequiredOn(today).Value,
            FeeCollected = request.Paid is not null,
            ApplicationId = request.Step.ApplicationId,
            StepId = request.Step.StepId,
        };
    }

    private static StepAnswer.Completed Answer(SkckCertificate issued) => new(
        new SkckOutput(
            issued.Number, issued.Level, issued.StatesRecord ? StatedRecord.OnFile : StatedRecord.None,
            issued.ValidUntil),
        new IssuedDocument("skck", issued.Number, issued.IssuedOn, issued.ValidUntil));
}
