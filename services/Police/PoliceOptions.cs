namespace Mpp.Police;

/// <summary>Section <c>Police</c> of the configuration.</summary>
internal sealed class PoliceOptions
{
    /// <summary>Binds the SKCK to the place of residence, or frees it. Not set: as the rulebook says for the day (free since the pilot of 13 October 2025).</summary>
    public bool? DomicileRule { get; set; }

    public SkckFeeOptions SkckFee { get; set; } = new();
}

/// <summary>Section <c>Police:SkckFee</c>.</summary>
internal sealed class SkckFeeOptions
{
    /// <summary>Whether the fee is collected before the certificate is issued. False only where nobody bills: certificates are then issued with the fee open.</summary>
    public bool Collect { get; set; } = true;
}
