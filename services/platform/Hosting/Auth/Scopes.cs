using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Mpp.Hosting.Auth;

/// <summary>Scopes of bearer tokens: what the caller may do, for example <c>applications.submit</c>.</summary>
public static class Scopes
{
    /// <summary>Opens an endpoint to callers whose token has this scope.</summary>
    /// <param name="builder">The endpoint, or a group of them.</param>
    /// <param name="scope">The scope.</param>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        var policy = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)).Build();
        return builder.RequireAuthorization(policy).WithMetadata(new RequiredScope(scope));
    }

    /// <summary>
    /// Whether the token has a scope. Issuers write <c>scope</c> as one claim with spaces, or as one claim for each
    /// scope.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="scope">The scope.</param>
    public static bool HasScope(this ClaimsPrincipal caller, string scope)
    {
        foreach (var claim in caller.FindAll("scope"))
        {
            foreach (var range in claim.Value.AsSpan().Split(' '))
            {
                if (claim.Value.AsSpan(range).SequenceEqual(scope))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// The client that calls; <see langword="null"/> without a token. Falls back to <c>azp</c>, which some issuers use.
    /// </summary>
    /// <param name="caller">The caller.</param>
    public static string? ClientId(this ClaimsPrincipal caller) =>
        caller.FindFirstValue("client_id") ?? caller.FindFirstValue("azp");
}

/// <summary>Metadata of an endpoint: the scope it needs.</summary>
/// <param name="Scope">The scope.</param>
public sealed record RequiredScope(string Scope);

/// <summary>The policy behind <see cref="Scopes.RequireScope"/>.</summary>
/// <param name="Scope">The scope.</param>
public sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.HasScope(requirement.Scope))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
