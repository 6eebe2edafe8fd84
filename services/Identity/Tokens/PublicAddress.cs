using Mpp.Hosting.Auth;

namespace Mpp.Identity.Tokens;

/// <summary>
/// Requests come through the gateway, which calls this service by another name. They are read as if they had come to
/// the public address, which the configuration has and no header can change.
/// </summary>
internal sealed class PublicAddress(RequestDelegate next, IOptions<AuthOptions> auth)
{
    private readonly Uri _issuer = Issuer(auth.Value.Authority);

    /// <summary>The issuer's name in tokens: <c>Auth:Authority</c> with a slash at its end.</summary>
    public static Uri Issuer(string authority) => new($"{authority.TrimEnd('/')}/");

    public Task InvokeAsync(HttpContext context)
    {
        context.Request.Scheme = _issuer.Scheme;
        context.Request.Host = HostString.FromUriComponent(_issuer);
        return next(context);
    }
}
