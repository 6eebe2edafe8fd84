namespace Mpp.Contracts.Steps;

/// <summary>Whose money a fee is.</summary>
public static class Payees
{
    /// <summary>Kas negara: what a central agency takes (PNBP).</summary>
    public const string StateTreasury = "state-treasury";
}
