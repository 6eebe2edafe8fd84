using System.Security.Claims;
using Mpp.Contracts;

namespace Mpp.Hosting.Auth;

/// <summary>
/// The names in a token. They are stored with what the caller does, so they must follow the rule for all texts
/// (<see cref="TextRule"/>).
/// </summary>
internal static class CallerNames
{
    private const int Longest = 100;

    /// <summary>Whether <c>sub</c>, <c>client_id</c> and <c>azp</c> follow the rule, each with at most 100
    /// characters.</summary>
    public static bool AreGood(ClaimsIdentity caller) => !caller.Claims.Any(
        claim => claim.Type is "sub" or "client_id" or "azp" && TextRule.Fault(claim.Value, Longest) is not null);
}
