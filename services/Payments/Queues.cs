namespace Mpp.Payments;

internal static class Queues
{
    public const string Payments = "payments";

    /// <summary>Where the coordinator hears.</summary>
    public const string Applications = "applications";
}
