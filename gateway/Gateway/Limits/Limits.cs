using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Mpp.Gateway.Limits;

/// <summary>Two token buckets: one per address before a token is looked at, one per client after.</summary>
internal static class LimitSetup
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        builder.Services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
        builder.Services.AddRateLimiter(_ => { });
    }

    public static IApplicationBuilder UseAddressLimit(this IApplicationBuilder app) =>
        app.UseRateLimiter(Options(app, options =>
        {
            var bucket = options.Address.ToLimiter();
            return context => context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(Address(context), _ => bucket);
        }));

    public static IApplicationBuilder UseClientLimit(this IApplicationBuilder app) =>
        app.UseRateLimiter(Options(app, options =>
        {
            var common = options.Client.ToLimiter();
            var agreed = options.Clients.ToDictionary(
                client => $"client {client.Key}", client => client.Value.ToLimiter(), StringComparer.Ordinal);
            return context => context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(
                    context.User.ClientId() is { } client ? $"client {client}" : Address(context),
                    key => agreed.GetValueOrDefault(key, common));
        }));

    private static RateLimiterOptions Options(
        IApplicationBuilder app, Func<LimitOptions, Func<HttpContext, RateLimitPartition<string>>> partitions)
    {
        var partition = new Lazy<Func<HttpContext, RateLimitPartition<string>>>(
            () => partitions(app.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value));
        return new RateLimiterOptions
        {
            GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
                context => partition.Value(context), StringComparer.Ordinal),
            OnRejected = LimitedAsync,
        };
    }

    private static ValueTask LimitedAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter)
            ? retryAfter
            : TimeSpan.FromSeconds(1);
        context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);
        return new ValueTask(Problem.Of(ProblemCodes.RateLimited, "Wait as long as Retry-After says.")
            .ExecuteAsync(context.HttpContext));
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
