namespace Mpp.Identity.Limits;

/// <summary>The configuration section <c>Identity:Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Identity:Limits";

    /// <summary>How many tokens and sign-ins one address may ask for in a minute, right or wrong. An office with many
    /// people, and a portal, come from one address.</summary>
    public int AddressAMinute { get; set; } = 300;

    /// <summary>How many tokens one client may ask for in a minute, from one address: a program keeps its token for its
    /// hour.</summary>
    public int ClientAMinute { get; set; } = 60;

    /// <summary>How many sign-ins from one address may fail in 15 minutes, for whatever names.</summary>
    public int RefusalsOfAddress { get; set; } = 50;

    public bool IsValid => AddressAMinute > 0 && ClientAMinute > 0 && RefusalsOfAddress > 0;
}
