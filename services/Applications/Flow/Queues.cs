namespace Mpp.Applications.Flow;

/// <summary>Where messages go.</summary>
internal static class Queues
{
    /// <summary>Where agencies and payments send their replies.</summary>
    public const string Applications = "applications";

    /// <summary>Where fees are billed.</summary>
    public const string Payments = "payments";

    /// <summary>
    /// The queue of the agency that has a service: its code, which is the first part of <c>agency/service</c>.
    /// </summary>
    public static string OfAgency(string service) => service[..service.IndexOf('/', StringComparison.Ordinal)];
}
