using System.Globalization;
using Mpp.CivilRegistry.Data;
using Mpp.CivilRegistry.Persons;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.Births;

/// <summary>
/// Registers a birth: gives the child its NIK and issues the certificate (UU 24/2013 art. 27, Perpres 96/2018 art. 33).
/// </summary>
internal sealed class BirthCertificateService(
    CivilRegistryDbContext db, DocumentNumbers numbers, SerialNumbers serials, CivilRegistryRules rules)
    : AgencyService<BirthInput>
{
    public override string Code => "civil-registry/birth-certificate";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<BirthInput> request, CancellationToken cancellationToken)
    {
        var input = request.Input;
        // If two children of one mother come at the same time, the second sees the first.
        var key = $"mother/{input.MotherNik.Value}";
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({key}, 0))", cancellationToken);
        if (await db.Births.AsNoTracking().FirstOrDefaultAsync(
            b => b.ApplicationId == request.Step.ApplicationId && b.StepId == request.Step.StepId,
            cancellationToken) is { } same)
        {
            return Answer(same);
        }

        var letterKey = Birth.KeyOf(input.BirthLetterIssuer, input.BirthLetterNumber);
        var facts = await FactsAsync(input, letterKey, request.Today, cancellationToken);
        var corrections = BirthRules.Corrections(input, facts, request.Today, rules);
        if (BirthRules.Refusals(input, facts, request.Today, rules) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused([.. refusals, .. corrections]);
        }

        if (corrections.Count > 0)
        {
            return new StepAnswer.CorrectionRequested(corrections);
        }

        return BirthRules.NeedsOfficer(input, facts!, request.Today, rules)
            ? new StepAnswer.Accepted(request.ApplicationNumber.Value)
            : await RegisterAsync(request, BirthRules.District(input, facts!), letterKey, cancellationToken);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var (mother, card) = (request.Value<Nik>("motherNik"), request.Text("familyCardNumber"));
        var (birthDate, name) = (request.Value<DateOnly>("birthDate"), request.Text("childName"));
        List<Precondition> found = name is null
            ? []
            :
            [
                .. Judgement.Of(
                    BirthRules.NameFault(name, request.Today, rules) is { } fault ? [fault] : [], "child-name"),
            ];
        if (mother is not { } nik)
        {
            return found;
        }

        // What is not known yet is empty here, and no requirement that rests on it is judged.
        var (issuer, number) = (request.Text("birthLetterIssuer"), request.Text("birthLetterNumber"));
        var input = new BirthInput(
            name ?? "", default, birthDate ?? request.Today, "", nik, request.Value<Nik>("fatherNik"), card ?? "",
            number ?? "", issuer ?? "", LateReportApproval: null)
        {
            Marriage = request.Object<MarriageProof>("marriage"),
        };
        var facts = await FactsAsync(input, Birth.KeyOf(issuer ?? "", number ?? ""), request.Today, cancellationToken);
        var registered = facts is not null;
        var letterKnown = issuer is not null && number is not null;
        List<string> judged =
        [
            .. !registered || card is not null ? (string[])["mother-in-family-card"] : [],
            .. registered ? (string[])["parents-plausible"] : [],
            .. registered && input.FatherNik is not null ? (string[])["marriage-proof"] : [],
            .. registered && letterKnown ? (string[])["birth-letter-unused"] : [],
            .. registered && birthDate is not null ? (string[])["birth-date-plausible"] : [],
        ];
        return
        [
            .. found,
            .. Judgement.Of(
                [.. BirthRules.Refusals(input, facts, request.Today, rules),
                    .. BirthRules.Corrections(input, facts, request.Today, rules)],
                judged),
        ];
    }

    /// <summary>
    /// An entry in the register of births is annulled by a judgment, or by the office's own act where both sides agree
    /// (contrarius actus, Permendagri 108/2019 arts. 88 and 89); a NIK never is. An application brings neither.
    /// </summary>
    public override Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken) => Task.FromResult(
            cancellation.Completed is null ? CancelAnswer.Done : CancelAnswer.Refused(new StepReason(
                "register-entry-stands",
                new("Akta kelahiran dibatalkan dengan putusan pengadilan, atau oleh Disdukcapil sendiri "
                        + "(contrarius actus). Hubungi Disdukcapil.",
                    "A birth certificate is annulled by a court, or by the civil registry's own act (contrarius "
                        + "actus). Please contact the civil registry."),
                LegalBasis: "UU 23/2006 art. 72; Permendagri 108/2019 arts. 88 and 89")));

    private async Task<BirthFacts?> FactsAsync(
        BirthInput input, string letterKey, DateOnly today, CancellationToken cancellationToken)
    {
        Nik[] parents = input.FatherNik is { } fatherNik ? [input.MotherNik, fatherNik] : [input.MotherNik];
        Nik[] witnesses = [.. input.BirthWitnesses ?? [], .. input.Marriage?.Witnesses ?? []];
        var people = await db.Persons.AsNoTracking().Include(p => p.FamilyCard)
            .Where(p => parents.Contains(p.Nik) || witnesses.Contains(p.Nik))
            .ToDictionaryAsync(p => p.Nik, cancellationToken);
        if (!people.TryGetValue(input.MotherNik, out var mother))
        {
            return null;
        }

        var adult = rules.IdentityCardAge.RequiredOn(today).Value;
        var siblings = await db.Persons.Where(p => p.MotherNik == input.MotherNik)
            .Select(p => new Sibling(p.Name, p.BirthDate)).ToListAsync(cancellationToken);
        return new BirthFacts(
            Of(mother),
            input.FatherNik is { } nik && people.TryGetValue(nik, out var father) ? Of(father) : null,
            await db.Births.AnyAsync(birth => birth.LetterKey == letterKey, cancellationToken),
            siblings,
            witnesses.Where(w => people.TryGetValue(w, out var witness)
                && witness.DeceasedOn is null && Age.On(witness.BirthDate, today) >= adult).ToHashSet());

        static ParentFacts Of(Person person) => new(
            person.Sex, person.BirthDate, person.DeceasedOn, person.MaritalStatus, person.FamilyCardNumber,
            person.FamilyCard?.Region);
    }

    private async Task<StepAnswer> RegisterAsync(
        StepRequest<BirthInput> request, RegionCode district, string letterKey, CancellationToken cancellationToken)
    {
        var (input, today) = (request.Input, request.Today);
        var number = await numbers.NextAsync(db, CivilRegistryDbContext.BirthCertificateNumbers, cancellationToken);
        var regency = district.Regency!.Value.Value.Replace(".", "", StringComparison.Ordinal);
        var certificate = string.Create(CultureInfo.InvariantCulture, $"{regency}-LU-{today:ddMMyyyy}-{number:D4}");
        var stem = NikSerial.StemOf(district, input.BirthDate, input.ChildSex);
        var nik = await NikSerial.NextAsync(serials, stem, request.Step, cancellationToken);
        db.Add(new Person
        {
            Nik = nik,
            Name = input.ChildName,
            Sex = input.ChildSex,
            BirthDate = input.BirthDate,
            BirthPlace = input.BirthPlace,
            Region = district,
            MaritalStatus = MaritalStatus.Single,
            MotherNik = input.MotherNik,
            FatherNik = input.FatherNik,
        });
        var birth = new Birth
        {
            CertificateNumber = certificate,
            ChildNik = nik,
            MotherNik = input.MotherNik,
            FatherNik = input.FatherNik,
            LetterNumber = input.BirthLetterNumber,
            LetterIssuer = input.BirthLetterIssuer,
            LetterKey = letterKey,
            LetterKind = input.BirthLetterKind ?? BirthLetterKind.Letter,
            MarriageProof = input.Marriage?.Proof,
            MarriageProofNumber = input.Marriage?.Number,
            LateReportApproval = input.LateReportApproval,
            Region = district,
            IssuedOn = today,
            ApplicationId = request.Step.ApplicationId,
            StepId = request.Step.StepId,
        };
        db.Add(birth);
        return Answer(birth);
    }

    private static StepAnswer.Completed Answer(Birth birth) => new(
        new BirthOutput(birth.ChildNik.Value, birth.CertificateNumber),
        new IssuedDocument("birth-certificate", birth.CertificateNumber, birth.IssuedOn, ValidUntil: null));
}
