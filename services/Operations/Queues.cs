namespace Mpp.Operations;

/// <summary>Names at the broker.</summary>
internal static class Queues
{
    /// <summary>This service's own queue, and its user.</summary>
    public const string Operations = "operations";

    /// <summary>Who tells of applications.</summary>
    public const string Applications = "applications";
}
