namespace Mpp.Police.Skck;

/// <summary>What is known when an application for an SKCK is judged.</summary>
/// <param name="Input">What the applicant gave.</param>
/// <param name="OpenRecord">Whether a case against the applicant is open.</param>
/// <param name="Unit">Who would issue; <see langword="null"/> when the mall has no unit of that level.</param>
/// <param name="DomicileRule">Whether the certificate is bound to the place of residence.</param>
/// <param name="Region">The region of the application.</param>
/// <param name="Today">The day there.</param>
internal sealed record SkckCase(
    SkckInput Input, bool OpenRecord, IssuingUnit? Unit, bool DomicileRule, RegionCode Region, DateOnly Today);

/// <summary>
/// The law of the SKCK (Perpol 6/2023) as functions. Every hindrance is named at once: nobody should come back for the
/// second.
/// </summary>
internal static class SkckRules
{
    /// <summary>What the applicant cannot mend.</summary>
    public static IReadOnlyList<StepReason> Refusals(SkckCase file, SkckRulebook rules) =>
    [
        .. Given(TooYoung(file.Input.BirthDate, file.Today, rules)),
        .. Given(file.Unit is null ? OtherLevel(file.Input.Purpose, file.Today, rules) : null),
        .. Given(file.OpenRecord ? OpenRecord : null),
    ];

    /// <summary>What the applicant can mend; the file waits for it.</summary>
    public static IReadOnlyList<StepReason> Corrections(SkckCase file, SkckRulebook rules) =>
    [
        .. Given(NoInsurance(file.Input.JknStatus, file.Input.JknProof, file.Today, rules)),
        .. Given(Domicile(file)),
    ];

    public static StepReason OpenRecord { get; } = new("no-open-record",
        new("Pemohon tercatat dalam perkara pidana yang masih berjalan. Hubungi satuan reserse setempat.",
            "A criminal case against the applicant is still open. Please contact the local detective unit."),
        "/nik", "Perpol 6/2023");

    public static StepReason? TooYoung(DateOnly birthDate, DateOnly today, SkckRulebook rules)
    {
        var age = rules.MinimumAge.RequiredOn(today);
        return birthDate.AddYears(age.Value) <= today
            ? null
            : new("age-17",
                new($"Pemohon belum berusia {age.Value} tahun.", $"The applicant is not yet {age.Value} years old."),
                "/birthDate", age.LegalBasis);
    }

    /// <summary>The mall has no unit of the level that issues for this purpose.</summary>
    public static StepReason OtherLevel(SkckPurpose purpose, DateOnly today, SkckRulebook rules)
    {
        var level = rules.Levels.RequiredOn(today);
        var office = OfficeName(level.Value[purpose]);
        return new("issuing-level",
            new($"SKCK untuk keperluan ini diterbitkan oleh {office.Id}, bukan oleh kepolisian di mal ini.",
                $"An SKCK for this purpose is issued by {office.En}, not by the police at this mall."),
            "/purpose", level.LegalBasis);
    }

    /// <summary>
    /// A soft requirement: proof that membership is being put in order is enough, active it need not be.
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
    /// Where the domicile rule is on: an address in another region is a refusal at the end of a conversation, not at
    /// its start. The NIK names the place of first registration only, so it can spare the question but never answer it
    /// with no.
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
