using System.ComponentModel.DataAnnotations;

namespace Mpp.Applications.Prechecks;

/// <summary>The configuration section <c>Prechecks</c>: how often may be asked before anything is filed.</summary>
internal sealed class PrecheckOptions
{
    /// <summary>Questions about one person in 24 hours, by whomever.</summary>
    [Range(1, 10_000)]
    public int PerPersonADay { get; set; } = 30;

    /// <summary>Persons that one client may ask about in 24 hours, each time counted.</summary>
    [Range(1, 10_000_000)]
    public int PerClientADay { get; set; } = 5_000;

    /// <summary>Client id → the same, where that is agreed otherwise, as with a portal of the whole nation.</summary>
    public Dictionary<string, int> Clients { get; } = new(StringComparer.Ordinal);
}
