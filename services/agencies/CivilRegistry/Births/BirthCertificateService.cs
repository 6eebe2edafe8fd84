using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Mpp.CivilRegistry.Data;
using Mpp.CivilRegistry.Persons;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.Births;

internal sealed record BirthInput(
    // Permendagri 73/2022 art. 4: sixty letters at most.
    [property: Required, MaxLength(60)] string ChildName,
    Sex ChildSex,
    DateOnly BirthDate,
    [property: Required, MaxLength(100)] string BirthPlace,
    Nik MotherNik,
    Nik? FatherNik,
    [property: RegularExpression("^[0-9]{16}$")] string FamilyCardNumber,
    [property: Required, MaxLength(64)] string BirthLetterNumber,
    [property: Required, MaxLength(100)] string BirthLetterIssuer,
    [property: MinLength(1), MaxLength(64)] string? LateReportApproval);

internal sealed record BirthOutput(string ChildNik, string CertificateNumber);

/// <summary>
/// Registers a birth: gives the child its NIK and issues the certificate (UU 24/2013 art. 27, Perpres 96/2018 art. 33).
/// </summary>
internal sealed class BirthCertificateService(
    CivilRegistryDbContext db, DocumentNumbers numbers, CivilRegistryRules rules) : AgencyService<BirthInput>
{
    public override string Code => "civil-registry/birth-certificate";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<BirthInput> request, CancellationToken cancellationToken)
    {
        var input = request.Input;
        var letterKey = Birth.KeyOf(input.BirthLetterIssuer, input.BirthLetterNumber);
        var facts = await FactsAsync(input, letterKey, cancellationToken);
        var corrections = BirthRules.Corrections(input.BirthDate, input.LateReportApproval, request.Today, rules);
        if (BirthRules.Refusals(input, facts, request.Today, rules) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused([.. refusals, .. corrections]);
        }

        if (corrections.Count > 0)
        {
            return new StepAnswer.CorrectionRequested(corrections);
        }

        return await RegisterAsync(request, facts!.FamilyCardRegion!.Value, letterKey, cancellationToken);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var (mother, card, birthDate) =
            (request.Value<Nik>("motherNik"), request.Text("familyCardNumber"), request.Value<DateOnly>("birthDate"));
        var found = new List<Precondition>();
        if (birthDate is { } born)
        {
            found.AddRange(Judgement.Of(BirthRules.Corrections(
                born, request.Text("lateReportApproval"), request.Today, rules), "reported-in-time"));
        }

        if (mother is not { } nik)
        {
            return found;
        }

        // What is not known yet stands empty here, and no requirement that rests on it is judged.
        var (issuer, number) = (request.Text("birthLetterIssuer"), request.Text("birthLetterNumber"));
        var input = new BirthInput(
            "", default, birthDate ?? request.Today, "", nik, request.Value<Nik>("fatherNik"), card ?? "", number ?? "",
            issuer ?? "", LateReportApproval: null);
        var facts = await FactsAsync(input, Birth.KeyOf(issuer ?? "", number ?? ""), cancellationToken);
        List<string> judged =
        [
            .. facts is null || card is not null ? (string[])["mother-in-family-card"] : [],
            .. facts is not null && input.FatherNik is not null ? (string[])["marriage-proof"] : [],
            .. facts is not null && issuer is not null && number is not null ? (string[])["birth-letter-unused"] : [],
            .. facts is not null && birthDate is not null ? (string[])["birth-date-plausible"] : [],
        ];
        return [.. found, .. Judgement.Of(BirthRules.Refusals(input, facts, request.Today, rules), judged)];
    }

    /// <summary>An entry in the register of births falls only by judgment, and a NIK never.</summary>
    public override Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken) => Task.FromResult(
            cancellation.Completed is null ? CancelAnswer.Done : CancelAnswer.Refused(new StepReason(
                "register-entry-stands",
                new("Akta kelahiran hanya dibatalkan dengan putusan pengadilan.", "A birth "
                    + "certificate is annulled only by a court."),
                LegalBasis: "UU 23/2006 art. 72")));

    private Task<BirthFacts?> FactsAsync(BirthInput input, string letterKey, CancellationToken cancellationToken) => (
        from mother in db.Persons
        where mother.Nik == input.MotherNik
        select new BirthFacts(
            mother.BirthDate,
            mother.DeceasedOn,
            mother.FamilyCardNumber,
            mother.FamilyCard!.Region,
            input.FatherNik == null || db.Persons.Any(father => father.Nik == input.FatherNik),
            db.Births.Any(birth => birth.LetterKey == letterKey))).SingleOrDefaultAsync(cancellationToken);

    private async Task<StepAnswer> RegisterAsync(
        StepRequest<BirthInput> request, RegionCode district, string letterKey, CancellationToken cancellationToken)
    {
        var (input, today) = (request.Input, request.Today);
        var number = await numbers.NextAsync(db, CivilRegistryDbContext.BirthCertificateNumbers, cancellationToken);
        var regency = district.Regency!.Value.Value.Replace(".", "", StringComparison.Ordinal);
        var certificate = string.Create(CultureInfo.InvariantCulture, $"{regency}-LU-{today:ddMMyyyy}-{number:D4}");
        var nik = await db.NextNikAsync(district, input.BirthDate, input.ChildSex, cancellationToken);
        db.Add(new Person
        {
            Nik = nik,
            Name = string.Join(' ', input.ChildName.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            Sex = input.ChildSex,
            BirthDate = input.BirthDate,
            BirthPlace = input.BirthPlace.Trim(),
            Region = district,
            MaritalStatus = MaritalStatus.Single,
            MotherNik = input.MotherNik,
            FatherNik = input.FatherNik,
        });
        db.Add(new Birth
        {
            CertificateNumber = certificate,
            ChildNik = nik,
            MotherNik = input.MotherNik,
            FatherNik = input.FatherNik,
            LetterNumber = input.BirthLetterNumber,
            LetterIssuer = input.BirthLetterIssuer,
            LetterKey = letterKey,
            LateReportApproval = input.LateReportApproval,
            Region = district,
            IssuedOn = today,
            ApplicationId = request.Step.ApplicationId,
        });
        return new StepAnswer.Completed(
            new BirthOutput(nik.Value, certificate),
            new IssuedDocument("birth-certificate", certificate, today, ValidUntil: null));
    }
}
