namespace Mpp.Payments;

internal static class Queues
{
    public const string Payments = "payments";

    /// <summary>The coordinator's queue.</summary>
    public const string Applications = "applications";
}
