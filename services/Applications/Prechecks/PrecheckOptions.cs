using System.ComponentModel.DataAnnotations;

namespace Mpp.Applications.Prechecks;

/// <summary>
/// The configuration section <c>Prechecks</c>: how many questions are allowed before anything is filed.
/// </summary>
internal sealed class PrecheckOptions
{
    /// <summary>Questions about one person in 24 hours, by all clients together.</summary>
    [Range(1, 10_000)]
    public int PerPersonADay { get; set; } = 30;

    /// <summary>Persons that one client may ask about in 24 hours, each time counted.</summary>
    [Range(1, 10_000_000)]
    public int PerClientADay { get; set; } = 5_000;

    /// <summary>
    /// Client id → its own limit, where one is agreed, for example with a portal of the whole nation.
    /// </summary>
    public Dictionary<string, int> Clients { get; } = new(StringComparer.Ordinal);
}
