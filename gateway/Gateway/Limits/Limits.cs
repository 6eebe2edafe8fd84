using System.Net;

namespace Mpp.Gateway.Limits;

/// <summary>Two token buckets: one per address before a token is looked at, one per client after.</summary>
internal static class LimitSetup
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        builder.Services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
    }

    public static IApplicationBuilder UseAddressLimit(this IApplicationBuilder app) =>
        app.UseMiddleware<Limiter>(new Limit("address", static (context, options) =>
            new Share(null, Address(context), options.Address)));

    public static IApplicationBuilder UseClientLimit(this IApplicationBuilder app) =>
        app.UseMiddleware<Limiter>(new Limit("client", static (context, options) =>
            context.User.ClientId() is { } client
                ? new Share(client, null, options.Clients.GetValueOrDefault(client, options.Client))
                : new Share(null, Address(context), options.Client)));

    private static IPAddress? Address(HttpContext context) => context.Connection.RemoteIpAddress;
}

/// <summary>A limit that every request meets.</summary>
/// <param name="Policy">Its name in the answer's headers.</param>
/// <param name="Of">Who asks, and what they may ask.</param>
internal sealed record Limit(string Policy, Func<HttpContext, LimitOptions, Share> Of);

/// <summary>Who asks, a client or an address, and the bucket that they take from.</summary>
internal readonly record struct Share(string? Client, IPAddress? Address, Bucket Bucket);
