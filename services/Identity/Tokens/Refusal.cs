using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreConstants;

namespace Mpp.Identity.Tokens;

/// <summary>Says no in OAuth's form (RFC 6749 §4.1.2.1, §5.2).</summary>
internal static class Refusal
{
    public static Task WriteAsync(HttpContext context, string error, string description) => context.ForbidAsync(
        OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
        new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [Properties.Error] = error,
            [Properties.ErrorDescription] = description,
        }));
}
