namespace Mpp.Identity.Roles;

/// <summary>What somebody is at a mall or at an agency.</summary>
internal enum Role
{
    /// <summary>Helps applications on, for a region (petugas MPP).</summary>
    Operator,

    /// <summary>Answers for the mall of a region (kepala MPP).</summary>
    HeadOfMall,

    /// <summary>Reads, and never acts (pemeriksa).</summary>
    Auditor,

    /// <summary>Decides at an agency's office (petugas instansi).</summary>
    Officer,
}
