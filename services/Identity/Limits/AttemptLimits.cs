using System.Threading.RateLimiting;
using Mpp.Identity.Records;

namespace Mpp.Identity.Limits;

/// <summary>
/// How often somebody may try: a bucket for each address, one for each client at an address, and the sign-ins of an
/// address that failed.
/// </summary>
internal sealed class AttemptLimits(IOptions<LimitOptions> options) : IDisposable
{
    /// <summary>In which time failed sign-ins of an address count.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

    private const int LongestKey = 200;

    private readonly PartitionedRateLimiter<string> _addresses = Buckets(options.Value.AddressAMinute);
    private readonly PartitionedRateLimiter<string> _clients = Buckets(options.Value.ClientAMinute);

    /// <summary>How long the address must wait; <see langword="null"/> when it may try.</summary>
    public TimeSpan? OfAddress(string address) => Wait(_addresses, address);

    /// <summary>How long the client must wait at this address; <see langword="null"/> when it may try.</summary>
    public TimeSpan? OfClient(string client, string address) =>
        Wait(_clients, $"{address} {(client.Length > LongestKey ? client[..LongestKey] : client)}");

    /// <summary>How long the address must wait with another sign-in; <see langword="null"/> when it may try.</summary>
    public async Task<TimeSpan?> OfSignInAsync(
        string address, SignInRecord record, CancellationToken cancellationToken) =>
        OfAddress(address) ?? (await record.RefusalsAsync(address, Lately, cancellationToken)
            >= options.Value.RefusalsOfAddress ? Lately : null);

    public void Dispose()
    {
        _addresses.Dispose();
        _clients.Dispose();
    }

    private static TimeSpan? Wait(PartitionedRateLimiter<string> buckets, string key)
    {
        using var lease = buckets.AttemptAcquire(key);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    private static PartitionedRateLimiter<string> Buckets(int aMinute) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = aMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / aMinute,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));
}
