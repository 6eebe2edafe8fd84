using Mpp.Identity.Clients;
using Mpp.Identity.Roles;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Mpp.Identity.Tokens;

/// <summary>The scopes of a person's tokens.</summary>
internal static class PersonScopes
{
    private static readonly string[] OfOpenId = [Scopes.OpenId, Scopes.Profile, Scopes.OfflineAccess];

    /// <summary>
    /// What of the request's scopes the person's role has; <see langword="null"/> when the client asks for what it may
    /// not have itself.
    /// </summary>
    public static IReadOnlyList<string>? Of(OpenIddictRequest request, Role role, Client client)
    {
        var asked = request.GetScopes();
        var ofTheMall = asked.Except(OfOpenId, StringComparer.Ordinal).ToList();
        return ofTheMall.Except(client.AllScopes, StringComparer.Ordinal).Any()
            ? null
            : [.. asked.Intersect(OfOpenId, StringComparer.Ordinal),
                .. RoleScopes.Granted(role, ofTheMall, [.. client.AllScopes])];
    }

    /// <summary>What is left of scopes that were granted before, after the role has changed.</summary>
    public static IReadOnlyList<string> Left(IReadOnlyCollection<string> granted, Role role) =>
        [.. granted.Intersect([.. OfOpenId, .. RoleScopes.Of(role)], StringComparer.Ordinal)];
}
