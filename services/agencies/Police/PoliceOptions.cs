namespace Mpp.Police;

/// <summary>Section <c>Police</c> of the configuration.</summary>
internal sealed class PoliceOptions
{
    /// <summary>
    /// Binds the SKCK to the place of residence, or frees it. Not set: as the rulebook says for the day (free since the
    /// pilot of 13 October 2025).
    /// </summary>
    public bool? DomicileRule { get; set; }
}
