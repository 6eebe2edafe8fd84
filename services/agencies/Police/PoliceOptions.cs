namespace Mpp.Police;

/// <summary>Section <c>Police</c> of the configuration.</summary>
internal sealed class PoliceOptions
{
    /// <summary>
    /// Binds the SKCK to the place of residence, or frees it. Not set: as the rulebook says for the day (free since the
    /// pilot of 13 October 2025).
    /// </summary>
    public bool? DomicileRule { get; set; }

    /// <summary>
    /// The regions whose sector police issue. Not set: as the rulebook says for the day (none since 22 September 2025).
    /// </summary>
    public IReadOnlyList<string>? SectorsIssueIn { get; set; }
}
