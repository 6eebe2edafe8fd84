using Mpp.CivilRegistry.Persons;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.Births;

/// <summary>What the register knows about a parent.</summary>
internal sealed record ParentFacts(
    Sex Sex, DateOnly BirthDate, DateOnly? DeceasedOn, MaritalStatus MaritalStatus, string? FamilyCard,
    RegionCode? CardRegion);

/// <summary>A child that the mother has in the register.</summary>
internal sealed record Sibling(string Name, DateOnly BirthDate);

/// <summary>What the register knows about the parents, the letter and the witnesses.</summary>
/// <param name="Mother">The mother.</param>
/// <param name="Father">The father; <see langword="null"/> when none is named, or he is not registered.</param>
/// <param name="LetterIsUsed">Whether another certificate rests on the letter.</param>
/// <param name="Siblings">The mother's children.</param>
/// <param name="Witnesses">Those of the named witnesses who can be one: registered, living and grown up.</param>
internal sealed record BirthFacts(
    ParentFacts Mother, ParentFacts? Father, bool LetterIsUsed, IReadOnlyList<Sibling> Siblings,
    IReadOnlySet<Nik> Witnesses);

/// <summary>
/// Why a birth is not registered (UU 24/2013 arts. 27 and 32, Perpres 96/2018 art. 33). Papers can be handed in later.
/// What only looks odd goes to an officer. No applicant can mend the rest.
/// </summary>
internal static class BirthRules
{
    public static IReadOnlyList<StepReason> Refusals(
        BirthInput input, BirthFacts? facts, DateOnly today, CivilRegistryRules rules) =>
    [
        .. Reason(!IsInCard(input, facts), "mother-in-family-card",
            facts is null ? "/motherNik" : "/familyCardNumber", "Perpres 96/2018 art. 33",
            "Ibu tidak tercantum dalam kartu keluarga ini.", "The mother is not in this family card."),
        .. Parents(input, facts, today, rules),
        .. Reason(facts is { LetterIsUsed: true },
            "birth-letter-unused", "/birthLetterNumber", "Perpres 96/2018 art. 33",
            "Surat keterangan lahir ini sudah dipakai untuk akta kelahiran lain.",
            "Another birth certificate rests on this birth letter."),
        .. Reason(!IsPlausible(input.BirthDate, facts?.Mother, today, rules),
            "birth-date-plausible", "/birthDate", "UU 24/2013 art. 27",
            "Tanggal lahir di masa depan atau tidak masuk akal terhadap umur ibu.",
            "The birth date is in the future or not plausible for the mother's age."),
    ];

    /// <summary>What the applicant can mend.</summary>
    public static IReadOnlyList<StepReason> Corrections(
        BirthInput input, BirthFacts? facts, DateOnly today, CivilRegistryRules rules) =>
    [
        .. NameFault(input.ChildName, today, rules) is { } fault ? (StepReason[])[fault] : [],
        .. facts is null ? [] : Marriage(input, facts),
        .. Reason(
            input.BirthLetterKind == BirthLetterKind.Statement && !HasWitnesses(input, input.BirthWitnesses, facts),
            "birth-letter-or-statement", "/birthWitnesses", "Permendagri 108/2019 (F-2.03)",
            "SPTJM kebenaran data kelahiran (F-2.03) memerlukan dua saksi yang terdaftar dan dewasa, bukan orang tua.",
            "A signed statement of the birth (F-2.03) needs two witnesses who are registered, grown up and not the "
                + "parents."),
    ];

    /// <summary>
    /// What an officer looks at before anything is registered: a late report, which the head of the office approves
    /// (his own act, with the same papers: UU 24/2013 art. 32); a child that the mother has in the register already, so
    /// that one child does not come twice under another letter; and a birth too few months before or after another of
    /// hers.
    /// </summary>
    public static bool NeedsOfficer(BirthInput input, BirthFacts facts, DateOnly today, CivilRegistryRules rules)
    {
        var (days, spacing) = (rules.BirthReportDays.RequiredOn(today), rules.BirthSpacing.RequiredOn(today).Value);
        return (today.DayNumber - input.BirthDate.DayNumber > days.Value && input.LateReportApproval is null)
            || facts.Siblings.Any(IsOdd);

        // Twins are born within a day; they have names of their own.
        bool IsOdd(Sibling sibling)
        {
            var (earlier, later) = sibling.BirthDate < input.BirthDate
                ? (sibling.BirthDate, input.BirthDate)
                : (input.BirthDate, sibling.BirthDate);
            return later.DayNumber - earlier.DayNumber <= spacing.OneBirthDays
                ? TextKey.Same(sibling.Name, input.ChildName)
                : earlier.AddMonths(spacing.Months) > later;
        }
    }

    /// <summary>
    /// A name in a register has at most sixty letters, no digits, no punctuation, nothing abbreviated and no title
    /// (Permendagri 73/2022 arts. 4 and 5). Two words are only advice.
    /// </summary>
    public static StepReason? NameFault(string name, DateOnly today, CivilRegistryRules rules)
    {
        var rule = rules.ChildName.RequiredOn(today);
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var fits = words.Length > 0 && string.Join(' ', words).Length <= rule.Value.Letters;
        bool IsTitle(string word) => rule.Value.Titles.Contains(word, StringComparer.OrdinalIgnoreCase);
        // One letter is an abbreviation, except the I of Balinese names.
        bool IsAbbreviated(string word) =>
            word.Length == 1 && !rule.Value.WordsOfOneLetter.Contains(word, StringComparer.Ordinal);
        return fits && words.All(w => w.All(char.IsAsciiLetter) && !IsTitle(w) && !IsAbbreviated(w))
            ? null
            : new("child-name",
                new($"Nama paling banyak {rule.Value.Letters} huruf, hanya huruf latin dan spasi, "
                        + "tidak disingkat, tanpa angka, tanda baca dan gelar.",
                    $"A name has at most {rule.Value.Letters} letters, only Latin letters and spaces, nothing "
                        + "abbreviated, and no digits, punctuation or titles."),
                "/childName", rule.LegalBasis);
    }

    /// <summary>
    /// The district that gives the NIK: the family card's, which is the mother's or, after her death, the father's.
    /// </summary>
    public static RegionCode District(BirthInput input, BirthFacts facts) =>
        (facts.Mother.FamilyCard == input.FamilyCardNumber ? facts.Mother : facts.Father!).CardRegion!.Value;

    // The dead are on no card: the child of a mother who died at the birth goes on the father's card.
    private static bool IsInCard(BirthInput input, BirthFacts? facts)
    {
        bool IsOnIt(ParentFacts? parent) => parent?.FamilyCard == input.FamilyCardNumber;
        var motherDied = facts?.Mother.DeceasedOn >= input.BirthDate;
        return facts is not null && (IsOnIt(facts.Mother) || (motherDied && IsOnIt(facts.Father)));
    }

    private static IEnumerable<StepReason> Parents(
        BirthInput input, BirthFacts? facts, DateOnly today, CivilRegistryRules rules)
    {
        const string code = "parents-plausible", law = "UU 24/2013 art. 27";
        if (facts is null)
        {
            yield break;
        }

        if (facts.Mother.Sex != Sex.Female)
        {
            yield return new(code, new("Ibu tercatat sebagai laki-laki dalam basis data kependudukan.",
                "The mother is a man in the population register."), "/motherNik", law);
        }

        if (input.FatherNik is not { } fatherNik)
        {
            yield break;
        }

        if (fatherNik == input.MotherNik)
        {
            yield return new(code, new("Ayah dan ibu adalah orang yang sama.",
                "Father and mother are one person."), "/fatherNik", law);
        }
        else if (facts.Father is not { } father)
        {
            yield return new(code, new("Ayah tidak terdaftar dalam basis data kependudukan.",
                "The father is not in the population register."), "/fatherNik", law);
        }
        else if (father.Sex != Sex.Male)
        {
            yield return new(code, new("Ayah tercatat sebagai perempuan dalam basis data kependudukan.",
                "The father is a woman in the population register."), "/fatherNik", law);
        }
        else if (IsPlausible(input.BirthDate, facts.Mother, today, rules)
            && !CanBeFather(father, input.BirthDate, today, rules))
        {
            yield return new(code, new("Ayah pada tanggal lahir anak tidak dalam umur yang masuk akal, "
                    + "atau sudah lama meninggal dunia.",
                "On the child's birth date the father was of no plausible age, or long deceased."),
                "/fatherNik", law);
        }
    }

    /// <summary>
    /// Parents who are a couple in the register need no paper. Others give the marriage book or certificate, or their
    /// own statement with two witnesses (F-2.04).
    /// </summary>
    private static IEnumerable<StepReason> Marriage(BirthInput input, BirthFacts facts)
    {
        var father = facts.Father is { Sex: Sex.Male };
        var married = facts.Mother.MaritalStatus is MaritalStatus.Married
            && facts.Father is { MaritalStatus: MaritalStatus.Married };
        var oneCard = facts.Father?.FamilyCard is { } card && facts.Mother.FamilyCard == card;
        var couple = married && oneCard;
        return Reason(father && !couple && input.Marriage is null,
            "marriage-proof", "/marriage", "Perpres 96/2018 art. 33",
            "Isikan buku nikah atau kutipan akta perkawinan; bila tidak ada, SPTJM kebenaran sebagai pasangan "
                + "suami istri (F-2.04) dengan dua saksi.",
            "Give the marriage book or certificate; failing that, a signed statement of the marriage (F-2.04) with two "
                + "witnesses.").Concat(Reason(
            input.Marriage is { Proof: MarriageProofKind.Statement } statement
                && !HasWitnesses(input, statement.Witnesses, facts),
            "marriage-proof", "/marriage", "Permendagri 108/2019 (F-2.04)",
            "SPTJM kebenaran sebagai pasangan suami istri (F-2.04) memerlukan dua saksi yang terdaftar dan dewasa, "
                + "bukan orang tua.",
            "A signed statement of the marriage (F-2.04) needs two witnesses who are registered, grown up and not the "
                + "parents."));
    }

    private static bool HasWitnesses(BirthInput input, IReadOnlyList<Nik>? witnesses, BirthFacts? facts) =>
        (witnesses ?? []).Distinct()
            .Count(w => w != input.MotherNik && w != input.FatherNik && facts?.Witnesses.Contains(w) == true) >= 2;

    private static bool IsPlausible(DateOnly birthDate, ParentFacts? mother, DateOnly today, CivilRegistryRules rules)
    {
        bool CanBeMother(ParentFacts parent) =>
            IsOfAge(parent.BirthDate, birthDate, rules.MotherAge.RequiredOn(today).Value)
            && !(parent.DeceasedOn < birthDate);
        return birthDate <= today && (mother is null || CanBeMother(mother));
    }

    private static bool CanBeFather(ParentFacts father, DateOnly birthDate, DateOnly today, CivilRegistryRules rules)
    {
        bool IsLongDeceased() =>
            father.DeceasedOn?.AddDays(rules.ConceivedWithinDays.RequiredOn(today).Value) < birthDate;
        return IsOfAge(father.BirthDate, birthDate, rules.FatherAge.RequiredOn(today).Value) && !IsLongDeceased();
    }

    private static bool IsOfAge(DateOnly born, DateOnly day, ParentAge limits)
    {
        var age = Age.On(born, day);
        return age >= limits.Youngest && age <= limits.Oldest;
    }

    private static IEnumerable<StepReason> Reason(
        bool applies, string requirement, string pointer, string legalBasis, string id, string en) =>
        applies ? [new StepReason(requirement, new LocalizedText(id, en), pointer, legalBasis)] : [];
}
