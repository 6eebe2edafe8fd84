namespace Mpp.Health.Registrations;

/// <summary>Whether a registration is enough for a practice (UU 17/2023 arts. 260, 263 and 264).</summary>
internal static class RegistrationRules
{
    /// <summary>What the applicant cannot mend with an answer.</summary>
    public static IReadOnlyList<StepReason> Refusals(Registration? registration, bool renewal, DateOnly today)
    {
        if (registration is null)
        {
            return
            [
                new("str-registered",
                    new("Tidak ada STR atas nama pemohon.", "There is no registration (STR) in the applicant's name."),
                    "/strNumber", "UU 17/2023 art. 260"),
            ];
        }

        List<StepReason> reasons = [];
        if (!IsValid(registration, today))
        {
            reasons.Add(new("str-valid",
                new("STR dibekukan, dicabut, atau habis masa berlakunya. Hubungi konsil.", "The registration (STR) is "
                    + "suspended, revoked or expired. Please contact the council."),
                "/strNumber", "UU 17/2023 art. 260"));
        }

        if (renewal && !registration.EnoughCredits)
        {
            reasons.Add(new("skp-adequate",
                new("Satuan Kredit Profesi belum cukup untuk perpanjangan. Lengkapi di SATUSEHAT SDMK.", "The "
                    + "professional credits are not enough for a renewal. Complete them in SATUSEHAT SDMK."),
                "/renewal", "UU 17/2023 art. 264"));
        }

        return reasons;
    }

    /// <summary>A number that is not the applicant's own is most often a typing error.</summary>
    public static IReadOnlyList<StepReason> Corrections(Registration? registration, string strNumber) =>
        registration is not null && registration.StrNumber != strNumber
            ?
            [
                new("str-registered",
                    new("Nomor STR tidak sesuai dengan STR pemohon. Periksa kembali nomornya.", "This is not the "
                        + "number of the applicant's registration (STR). Please check it."),
                    "/strNumber", "UU 17/2023 art. 260"),
            ]
            : [];

    public static bool IsValid(Registration registration, DateOnly today) =>
        registration.State == RegistrationState.Active && !(registration.ValidUntil < today);
}
