using System.Threading.RateLimiting;

namespace Mpp.Gateway.Limits;

/// <summary>The configuration section <c>Gateway:Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Gateway:Limits";

    /// <summary>
    /// What one address may ask, with a valid token or without: it bounds what the guessing of tokens costs us. All
    /// users of a portal come from one address, so the limit is wide.
    /// </summary>
    public Bucket Address { get; set; } = new() { PerSecond = 500, Burst = 1000 };

    /// <summary>What one client may ask; callers without a token share the bucket of their address.</summary>
    public Bucket Client { get; set; } = new() { PerSecond = 100, Burst = 300 };

    /// <summary>Client id → what it may ask, for clients with a limit of their own.</summary>
    public Dictionary<string, Bucket> Clients { get; } = new(StringComparer.Ordinal);
}

/// <summary>A token bucket.</summary>
internal sealed class Bucket
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Requests a second that can be kept up.</summary>
    public double PerSecond { get; set; }

    /// <summary>Requests at once after a quiet time.</summary>
    public int Burst { get; set; }

    public bool IsValid => PerSecond is > 0 and <= 1_000_000 && Burst > 0;

    /// <summary>How long it takes to fill in so many, rounded up.</summary>
    public long Seconds(long requests) => (long)Math.Ceiling(requests / PerSecond);

    public TokenBucketRateLimiterOptions ToLimiter()
    {
        // A slow bucket gets one token at a longer period, a fast one some tokens every tenth of a second.
        var perPeriod = Math.Max(1, (int)Math.Round(PerSecond * Period.TotalSeconds));
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst,
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = TimeSpan.FromSeconds(perPeriod / PerSecond),
            QueueLimit = 0,
            AutoReplenishment = true,
        };
    }
}

internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var buckets = options.Clients.Select(client => ($"Clients:{client.Key}", client.Value))
            .Prepend(("Client", options.Client)).Prepend(("Address", options.Address));
        var faults = buckets.Where(bucket => !bucket.Item2.IsValid)
            .Select(bucket => $"Gateway:Limits:{bucket.Item1} needs PerSecond and Burst above zero.").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
