namespace Mpp.Applications.Flow;

/// <summary>Reads <c>agency/service</c>.</summary>
internal static class Agencies
{
    /// <summary>The agency's code, which is also the name of its queue.</summary>
    public static string Of(string service) => service[..service.IndexOf('/', StringComparison.Ordinal)];
}
