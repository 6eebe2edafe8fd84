using Mpp.CivilRegistry.Persons;

namespace Mpp.CivilRegistry.FamilyCards;

/// <summary>Why a member cannot be added to a family card.</summary>
internal static class FamilyCardRules
{
    public static IReadOnlyList<StepReason> Reasons(FamilyCardInput input, Person? member, FamilyCard? card) =>
    [
        .. Reason(member is null or { DeceasedOn: not null }, "member-registered", "/memberNik", "UU 24/2013 art. 13",
            "Anggota yang akan ditambahkan tidak terdaftar sebagai penduduk yang hidup.",
            "The member to be added is not registered as a living resident."),
        // The register is asked about the card together with the member; without a member nothing is known of the card.
        .. Reason(
            member is not null && card is null, "family-card-exists", "/familyCardNumber", "Perpres 96/2018 art. 12",
            "Nomor kartu keluarga ini tidak terdaftar.",
            "There is no family card of this number."),
        .. Reason(member?.FamilyCardNumber is { } other && other != input.FamilyCardNumber, "member-not-in-other-card",
            "/memberNik", "UU 24/2013 art. 62", "Anggota ini masih tercantum dalam kartu keluarga lain.",
            "The member is still in another family card."),
    ];

    private static IEnumerable<StepReason> Reason(
        bool applies, string requirement, string pointer, string legalBasis, string id, string en) =>
        applies ? [new StepReason(requirement, new LocalizedText(id, en), pointer, legalBasis)] : [];
}
