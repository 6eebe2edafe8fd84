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
        app.UseLimit("address", options => context => (Address(context), options.Address));

    public static IApplicationBuilder UseClientLimit(this IApplicationBuilder app) =>
        app.UseLimit("client", options => context => context.User.ClientId() is { } client
            ? ($"client {client}", options.Clients.GetValueOrDefault(client, options.Client))
            : (Address(context), options.Client));

    private static IApplicationBuilder UseLimit(
        this IApplicationBuilder app, string policy,
        Func<LimitOptions, Func<HttpContext, (string Key, Bucket Bucket)>> buckets)
    {
        var bucket = new Lazy<Func<HttpContext, (string Key, Bucket Bucket)>>(
            () => buckets(app.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value));
        var limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            var (key, own) = bucket.Value(context);
            return IsHealth(context)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(key, _ => own.ToLimiter());
        }, StringComparer.Ordinal);
        return app.UseRateLimiter(new RateLimiterOptions
        {
            GlobalLimiter = limiter,
            OnRejected = async (context, cancellationToken) =>
            {
                RateLimitHeaders.Tell(context.HttpContext, policy, bucket.Value(context.HttpContext).Bucket, limiter);
                await LimitedAsync(context, cancellationToken);
            },
        }).Use((context, next) =>
        {
            if (!IsHealth(context))
            {
                RateLimitHeaders.Tell(context, policy, bucket.Value(context).Bucket, limiter);
            }

            return next(context);
        });
    }

    private static bool IsHealth(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

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
