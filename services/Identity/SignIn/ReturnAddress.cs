using OpenIddict.Abstractions;

namespace Mpp.Identity.SignIn;

/// <summary>
/// Where somebody goes on after signing in: a request to <c>/identity/authorize</c>, and nothing else, so that the page
/// leads nobody to another site.
/// </summary>
internal static class ReturnAddress
{
    public const string Authorize = "/identity/authorize";

    private const int Longest = 3_500;

    /// <summary>The address, if it is a good one.</summary>
    public static string? Of(HttpContext context)
    {
        var address = context.Request.Query["return"].ToString();
        return address.StartsWith($"{Authorize}?", StringComparison.Ordinal) && address.Length <= Longest
            && address.All(character => character is > ' ' and < '\x7f' and not '\\')
            ? address
            : null;
    }

    /// <summary>The sign-in page for a request to <c>/identity/authorize</c>.</summary>
    /// <param name="parameters">The request's.</param>
    public static string SignInFor(IEnumerable<KeyValuePair<string, string?>> parameters) =>
        SignInEndpoints.Path
            + QueryString.Create("return", Authorize + QueryString.Create(parameters).Value);

    /// <summary>
    /// The origins of the client that the address names: browsers hold the redirect after a form to the page's policy.
    /// </summary>
    public static async Task<IReadOnlyList<string>> OriginsAsync(
        string? address, IOpenIddictApplicationManager clients, CancellationToken cancellationToken)
    {
        if (address is null
            || Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address[Authorize.Length..])
                .GetValueOrDefault("client_id").ToString() is not { Length: > 0 and <= 100 } id
            || await clients.FindByClientIdAsync(id, cancellationToken) is not { } client)
        {
            return [];
        }

        return [.. (await clients.GetRedirectUrisAsync(client, cancellationToken))
            .Select(redirect => new Uri(redirect).GetLeftPart(UriPartial.Authority)).Distinct(StringComparer.Ordinal)];
    }
}
