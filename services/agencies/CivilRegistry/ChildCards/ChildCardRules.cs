using Mpp.CivilRegistry.Persons;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.ChildCards;

/// <summary>What the register knows about the child.</summary>
internal sealed record ChildFacts(
    DateOnly BirthDate, MaritalStatus MaritalStatus, string? FamilyCardNumber, string? CurrentCard);

/// <summary>Who gets a child identity card, and for how long (Permendagri 2/2016).</summary>
internal static class ChildCardRules
{
    public static IReadOnlyList<StepReason> Reasons(
        ChildCardInput input, ChildFacts? child, DateOnly today, ChildCardAges ages)
    {
        var age = child is null ? 0 : Age.On(child.BirthDate, today);
        return
        [
            .. Reason(child is null || child.FamilyCardNumber != input.FamilyCardNumber, "child-in-family-card",
                child is null ? "/childNik" : "/familyCardNumber", "Permendagri 2/2016 art. 3",
                "Anak tidak tercantum dalam kartu keluarga ini.", "The child is not in this family card."),
            .. Reason(age >= ages.EndsAt || child is { MaritalStatus: not MaritalStatus.Single },
                "child-under-17", "/childNik", "Permendagri 2/2016 art. 2",
                $"KIA hanya untuk anak di bawah {ages.EndsAt} tahun yang belum kawin.",
                $"The card is only for children under {ages.EndsAt} who are not married."),
            .. Reason(age >= ages.PhotoFrom && age < ages.EndsAt && input.PhotoReference is null,
                "photo-from-five", "/photoReference", "Permendagri 2/2016 art. 3",
                $"Anak berusia {ages.PhotoFrom} tahun atau lebih memerlukan pas foto.",
                $"A child aged {ages.PhotoFrom} or more needs a photograph."),
        ];
    }

    /// <summary>
    /// The last day: the birthday from which a photograph is needed, or the day before the birthday from which an
    /// adult's card is needed.
    /// </summary>
    public static DateOnly ValidUntil(DateOnly birthDate, DateOnly today, ChildCardAges ages) =>
        Age.On(birthDate, today) < ages.PhotoFrom
            ? birthDate.AddYears(ages.PhotoFrom)
            : birthDate.AddYears(ages.EndsAt).AddDays(-1);

    private static IEnumerable<StepReason> Reason(
        bool applies, string requirement, string pointer, string legalBasis, string id, string en) =>
        applies ? [new StepReason(requirement, new LocalizedText(id, en), pointer, legalBasis)] : [];
}
