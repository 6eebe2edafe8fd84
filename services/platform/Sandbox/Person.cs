using Mpp.Contracts;

namespace Mpp.Sandbox;

/// <summary>An invented person. No agency's register holds all of this: each loads its own part.</summary>
public sealed record Person
{
    /// <summary>Position in the population, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Unique; its region is a district of Konawe, its date and sex are the person's.</summary>
    public required Nik Nik { get; init; }

    /// <summary>As the civil registry writes it.</summary>
    public required string Name { get; init; }

    /// <summary>As the NIK has it.</summary>
    public required Sex Sex { get; init; }

    /// <summary>As the NIK has it.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>A regency or city.</summary>
    public required string BirthPlace { get; init; }

    /// <summary>The district where the family lives; the NIK may name another one.</summary>
    public required RegionCode District { get; init; }

    /// <summary>Sixteen digits, the same for the whole family. Of somebody deceased: the last card.</summary>
    public required string FamilyCardNumber { get; init; }

    /// <summary>The place on the family card. Of somebody deceased: the place on the last card.</summary>
    public required FamilyRole Role { get; init; }

    /// <summary>Known for children.</summary>
    public Nik? MotherNik { get; init; }

    /// <summary>Known for children whose father is registered.</summary>
    public Nik? FatherNik { get; init; }

    /// <summary>
    /// The husband or wife, deceased ones included; <see langword="null"/> for those who are not and were not married.
    /// </summary>
    public Nik? SpouseNik { get; init; }

    /// <summary>The day of death.</summary>
    public DateOnly? Deceased { get; init; }

    /// <summary>What the police have on file.</summary>
    public PoliceRecord PoliceRecord { get; init; }

    /// <summary>National health insurance.</summary>
    public required JknMembership Jkn { get; init; }

    /// <summary>Withheld from public services at the request of BPJS Ketenagakerjaan (TMP2T, PP 86/2013).</summary>
    public bool Sanctioned { get; init; }

    /// <summary>Full years on a day.</summary>
    /// <param name="day">The day in question.</param>
    public int AgeOn(DateOnly day) =>
        day.Year - BirthDate.Year - (day.Month * 100 + day.Day < BirthDate.Month * 100 + BirthDate.Day ? 1 : 0);
}

/// <summary>Place on the family card.</summary>
public enum FamilyRole
{
    /// <summary>Kepala keluarga.</summary>
    Head,

    /// <summary>Husband or wife of the head.</summary>
    Spouse,

    /// <summary>Child of the head.</summary>
    Child,
}

/// <summary>What the police have on file about a person.</summary>
public enum PoliceRecord
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A case that is closed: no hindrance, but it is on file.</summary>
    Closed,

    /// <summary>A case that is open.</summary>
    Open,
}

/// <summary>State of a JKN membership.</summary>
public enum JknStatus
{
    /// <summary>Insured.</summary>
    Active,

    /// <summary>A member without cover; the reason is known.</summary>
    Inactive,

    /// <summary>Never a member.</summary>
    NotRegistered,
}

/// <summary>Who pays (UU 40/2004, Perpres 82/2018).</summary>
public enum JknSegment
{
    /// <summary>Penerima Bantuan Iuran: the state.</summary>
    Pbi,

    /// <summary>Pekerja Penerima Upah: employer and worker.</summary>
    Ppu,

    /// <summary>Pekerja Bukan Penerima Upah: the member.</summary>
    Pbpu,

    /// <summary>Bukan Pekerja: the member.</summary>
    Bp,
}

/// <summary>National health insurance of a person.</summary>
/// <param name="Status">State of the membership.</param>
/// <param name="Segment">Who pays; <see langword="null"/> when not registered.</param>
/// <param name="InactiveReason">Why there is no cover: <c>arrears</c>, <c>employment-ended</c>, <c>subsidy-ended</c>,
/// <c>data-mismatch</c> or <c>deceased</c>; only when inactive.</param>
/// <param name="MembershipNumber">Thirteen digits, unique; <see langword="null"/> when not registered.</param>
public sealed record JknMembership(
    JknStatus Status, JknSegment? Segment, string? InactiveReason, string? MembershipNumber)
{
    /// <summary>Not a member.</summary>
    public static JknMembership None { get; } = new(
        JknStatus.NotRegistered, Segment: null, InactiveReason: null, MembershipNumber: null);
}
