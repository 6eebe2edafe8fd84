namespace Mpp.CivilRegistry.Identity;

/// <summary>How a claimed field compares to the register. Never what the register holds.</summary>
internal enum FieldMatch
{
    Match,
    Mismatch,
    NotChecked,
}

/// <summary>What is claimed about the holder of a NIK; what is not claimed is not compared.</summary>
internal sealed record IdentityClaim(string? Name, DateOnly? BirthDate, string? FamilyCardNumber);

internal sealed record IdentityFields(FieldMatch Name, FieldMatch BirthDate, FieldMatch FamilyCardNumber);

/// <summary>What the register knows and the check needs.</summary>
internal sealed record RegisteredIdentity(
    string Name, DateOnly BirthDate, string? FamilyCardNumber, DateOnly? DeceasedOn);

/// <summary>
/// Compares what is claimed with what is registered, field by field (Permendagri 102/2019: only the elements of the
/// task, never a profile).
/// </summary>
internal static class IdentityCheck
{
    public static IdentityFields Compare(IdentityClaim claimed, RegisteredIdentity registered) => new(
        claimed.Name is { } name ? Match(TextKey.Same(name, registered.Name)) : FieldMatch.NotChecked,
        claimed.BirthDate is { } birthDate ? Match(birthDate == registered.BirthDate) : FieldMatch.NotChecked,
        claimed.FamilyCardNumber is { } card ? Match(card == registered.FamilyCardNumber) : FieldMatch.NotChecked);

    /// <param name="registered">Who the register has under the NIK.</param>
    /// <param name="fields">How what is claimed compares.</param>
    /// <param name="livedOn">
    /// The day on which the holder must have lived; <see langword="null"/> for today. A parent may have died before the
    /// birth of the child, or at it.
    /// </param>
    public static IReadOnlyList<StepReason> Reasons(
        RegisteredIdentity? registered, IdentityFields? fields, DateOnly? livedOn = null)
    {
        if (registered is null || fields is null)
        {
            return [new StepReason("nik-registered", new("NIK ini tidak terdaftar dalam basis data kependudukan.",
                "This NIK is not in the population register."), "/nik", "UU 24/2013 art. 13")];
        }

        if (registered.DeceasedOn is { } deceasedOn && !(deceasedOn >= livedOn))
        {
            return [new StepReason("person-alive", new("Pemilik NIK ini tercatat meninggal dunia.", "The "
                + "holder of this NIK is registered as deceased."), "/nik", "UU 24/2013 art. 44")];
        }

        return
        [
            .. Mismatch(fields.Name, "/name", new(
                "Nama tidak sama dengan data kependudukan.", "The name differs from the population register.")),
            .. Mismatch(fields.BirthDate, "/birthDate", new("Tanggal lahir tidak sama dengan data kependudukan.",
                "The birth date differs from the population register.")),
            .. Mismatch(fields.FamilyCardNumber, "/familyCardNumber", new("Nomor kartu keluarga tidak sama dengan "
                + "data kependudukan.", "The family card number differs from the population register.")),
        ];
    }

    /// <summary>The answer before anything is filed, when nobody knows who asks.</summary>
    public static StepReason NotTogether { get; } = new("identity-match", new(
        "NIK, nama, tanggal lahir dan nomor kartu keluarga yang diisi tidak cocok satu sama lain. Periksa kembali.",
        "The NIK, name, birth date and family card number given do not belong together. Check them."),
        LegalBasis: "Permendagri 102/2019");

    /// <summary>Whether something that is claimed differs from the register.</summary>
    public static bool Differs(IdentityFields fields) =>
        FieldMatch.Mismatch == fields.Name || FieldMatch.Mismatch == fields.BirthDate
        || FieldMatch.Mismatch == fields.FamilyCardNumber;

    private static FieldMatch Match(bool same) => same ? FieldMatch.Match : FieldMatch.Mismatch;

    private static IEnumerable<StepReason> Mismatch(FieldMatch field, string pointer, LocalizedText text) =>
        field == FieldMatch.Mismatch ? [new StepReason("identity-match", text, pointer, "Permendagri 102/2019")] : [];
}
