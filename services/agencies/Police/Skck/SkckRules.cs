namespace Mpp.Police.Skck;

/// <summary>What is known when an application for an SKCK is judged.</summary>
/// <param name="Input">What the applicant gave.</param>
/// <param name="OpenRecord">Whether a case against the applicant is open.</param>
/// <param name="Level">The level that issues for the purpose.</param>
/// <param name="Unit">Who would issue; <see langword="null"/> when the mall has no unit of that level.</param>
/// <param name="Competent">The unit that is competent where the mall has none, if it is known by name.</param>
/// <param name="DomicileRule">Whether the certificate is bound to the place of residence.</param>
/// <param name="Region">The region of the application.</param>
/// <param name="Today">The day there.</param>
/// <param name="Extends">The certificate that is to be extended, if the register has it.</param>
internal sealed record SkckCase(
    SkckInput Input, bool OpenRecord, SkckLevel Level, IssuingUnit? Unit, CompetentOffice? Competent,
    bool DomicileRule, RegionCode Region, DateOnly Today, SkckCertificate? Extends = null);

/// <summary>
/// The law of the SKCK (Perpol 6/2023) as functions. Every reason is named at once, so that nobody has to come back for
/// the second.
/// </summary>
internal static class SkckRules
{
    /// <summary>What the applicant cannot mend.</summary>
    public static IReadOnlyList<StepReason> Refusals(SkckCase file, SkckRulebook rules) =>
        file.Unit is null ? [OtherLevel(file.Level, file.Competent, file.Today, rules)] : [];

    /// <summary>What the applicant can mend; the file waits for it.</summary>
    public static IReadOnlyList<StepReason> Corrections(SkckCase file, SkckRulebook rules) =>
    [
        .. Given(NoIdentity(file.Input.BirthDate, file.Input.IdentityDocument, file.Today, rules)),
        .. Given(NoInsurance(file.Input.JknStatus, file.Input.JknProof, file.Today, rules)),
        .. Given(Domicile(file)),
        .. Given(NothingToExtend(file, rules)),
        .. Given(NoWaiver(file.Input.FeeWaiver?.Ground, file.Today, rules)),
    ];

    /// <summary>
    /// What an officer decides. An SKCK states whether there is a record (Perpol 6/2023 art. 1), so an open case is no
    /// refusal by rule: the units research and coordinate what it will state. An officer also looks at the paper on
    /// which a fee is waived.
    /// </summary>
    public static bool NeedsOfficer(SkckCase file) => file.OpenRecord || file.Input.FeeWaiver is not null;

    /// <summary>
    /// An applicant who is too young for an identity card shows another document: a birth certificate, a child's or a
    /// student's card.
    /// </summary>
    public static StepReason? NoIdentity(
        DateOnly birthDate, string? document, DateOnly today, SkckRulebook rules)
    {
        var age = rules.IdentityCardAge.RequiredOn(today);
        return birthDate.AddYears(age.Value) <= today || !string.IsNullOrWhiteSpace(document)
            ? null
            : new("identity-document",
                new($"Pemohon belum berusia {age.Value} tahun. Isikan nomor akta kelahiran, KIA atau kartu pelajar.",
                    $"The applicant is not yet {age.Value} years old. Give the number of the birth certificate, the "
                        + "child identity card or the student card."),
                "/identityDocument", age.LegalBasis);
    }

    /// <summary>The mall has no unit of the level that issues for this purpose; the competent one is named.</summary>
    public static StepReason OtherLevel(
        SkckLevel level, CompetentOffice? competent, DateOnly today, SkckRulebook rules)
    {
        var office = competent is null ? OfficeName(level) : new LocalizedText(competent.Name, competent.Name);
        return new("issuing-level",
            new($"SKCK untuk keperluan ini diterbitkan oleh {office.Id}; ajukan di sana.",
                $"An SKCK for this purpose is issued by {office.En}; please apply there."),
            "/purpose", rules.Levels.RequiredOn(today).LegalBasis);
    }

    /// <summary>
    /// The level that issues for a purpose in a region. Where the sector police no longer issue, the regency police do.
    /// </summary>
    /// <param name="purpose">What the certificate is for.</param>
    /// <param name="region">The region of the application.</param>
    /// <param name="goingOn">Regions whose sector police go on issuing; <see langword="null"/> for what the rulebook
    /// says.</param>
    /// <param name="today">The day there.</param>
    /// <param name="rules">What holds on which day.</param>
    public static SkckLevel LevelFor(
        SkckPurpose purpose, RegionCode region, IReadOnlyCollection<RegionCode>? goingOn, DateOnly today,
        SkckRulebook rules)
    {
        var level = rules.Levels.RequiredOn(today).Value[purpose];
        var sectors = rules.SectorsIssue.RequiredOn(today).Value;
        return level == SkckLevel.Polsek && !sectors.Everywhere && !(goingOn ?? sectors.Regions).Contains(region)
            ? SkckLevel.Polres
            : level;
    }

    /// <summary>An SKCK can be extended until some time after its end, by its holder.</summary>
    public static StepReason? NothingToExtend(SkckCase file, SkckRulebook rules)
    {
        var months = rules.ExtensionMonths.RequiredOn(file.Today);
        bool CanBeExtended(SkckCertificate certificate) => certificate.HolderNik == file.Input.Nik
            && certificate.ValidUntil.AddMonths(months.Value) >= file.Today;
        return file.Input.Extends is null || (file.Extends is { } earlier && CanBeExtended(earlier))
            ? null
            : new("skck-to-extend",
                new($"Tidak ada SKCK pemohon dengan nomor ini yang berakhir paling lama {months.Value} bulan yang "
                        + "lalu. Periksa nomornya, atau kosongkan untuk SKCK baru.",
                    $"The applicant has no SKCK of this number that ended at most {months.Value} months ago. Check the "
                        + "number, or leave it out for a new SKCK."),
                "/extends", months.LegalBasis);
    }

    /// <summary>The tariff is nothing for some applicants (PP 76/2020 art. 7).</summary>
    public static StepReason? NoWaiver(FeeWaiverGround? ground, DateOnly today, SkckRulebook rules)
    {
        var grounds = rules.ZeroTariff.RequiredOn(today);
        return ground is not { } named || grounds.Value.Contains(named)
            ? null
            : new("fee-waiver",
                new("Tarif nol tidak berlaku untuk alasan ini. Kosongkan untuk membayar tarif biasa.",
                    "The zero tariff does not apply on this ground. Leave it out to pay the usual tariff."),
                "/feeWaiver", grounds.LegalBasis);
    }

    /// <summary>
    /// A soft requirement: proof that the membership is being put in order is enough; it need not be active.
    /// </summary>
    public static StepReason? NoInsurance(JknStatus status, string? proof, DateOnly today, SkckRulebook rules) =>
        rules.HealthInsurance.On(today) is { Value: true } insurance
            && status != JknStatus.Active && string.IsNullOrWhiteSpace(proof)
            ? new("jkn-active-or-proof",
                new("Kepesertaan JKN tidak aktif. Lampirkan bukti pendaftaran (virtual account) "
                        + "atau rencana cicilan REHAB; tidak perlu menunggu aktif.",
                    "JKN membership is not active. Give proof of registration (virtual account) or of a "
                        + "REHAB instalment plan; there is no need to wait until it is active."),
                "/jknProof", insurance.LegalBasis)
            : null;

    /// <summary>
    /// Where the domicile rule is on, an address in another region is not refused at once: the applicant is asked
    /// first. The NIK names only the place of first registration, so it can spare the question but never answer it with
    /// no.
    /// </summary>
    public static StepReason? Domicile(SkckCase file)
    {
        var lives = file.Input.Domicile ?? file.Input.Nik.Region;
        return !file.DomicileRule || file.Region.Contains(lives)
            ? null
            : new("domicile",
                new("SKCK diajukan di wilayah domisili KTP. Sebutkan wilayah domisili, "
                        + "atau ajukan di wilayah tersebut.",
                    "An SKCK is applied for where the identity card's address is. "
                        + "Give the region of that address, or apply there."),
                "/domicile", "Perpol 6/2023");
    }

    /// <summary>The last day of validity.</summary>
    public static DateOnly ValidUntil(DateOnly issuedOn, SkckRulebook rules) =>
        issuedOn.AddMonths(rules.ValidityMonths.RequiredOn(issuedOn).Value);

    private static IEnumerable<StepReason> Given(StepReason? reason) => reason is null ? [] : [reason];

    private static LocalizedText OfficeName(SkckLevel level) => level switch
    {
        SkckLevel.Polsek => new("Polsek", "the sector police (Polsek)"),
        SkckLevel.Polres => new("Polres", "the regency police (Polres)"),
        SkckLevel.Polda => new("Polda", "the provincial police (Polda)"),
        _ => new("Mabes Polri", "the national police headquarters (Mabes Polri)"),
    };
}
