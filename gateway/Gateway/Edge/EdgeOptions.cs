namespace Mpp.Gateway.Edge;

/// <summary>What the edge reads of the configuration section <c>Gateway</c>.</summary>
internal sealed class EdgeOptions
{
    public const string Section = "Gateway";

    /// <summary>
    /// Proxies in front of the gateway whose X-Forwarded-For is believed, as networks (<c>10.0.0.0/8</c>).
    /// Nobody by default.
    /// </summary>
    public List<string> TrustedProxies { get; } = [];

    /// <summary>The first entry that is no network.</summary>
    public string? Fault => TrustedProxies.Find(network => !System.Net.IPNetwork.TryParse(network, out _));
}
