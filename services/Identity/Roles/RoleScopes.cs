using System.Collections.Frozen;
using System.Text.Json;
using Mpp.Hosting.Auth;

namespace Mpp.Identity.Roles;

/// <summary>What each role may do: the one table.</summary>
internal static class RoleScopes
{
    private static readonly string[] OfOperators =
    [
        KnownScopes.ApplicationsRead, KnownScopes.ApplicationsOperate, KnownScopes.PaymentsOperate,
        KnownScopes.MessagesOperate, KnownScopes.OperationsRead,
    ];

    // payments.operate shows the refunds that are due and records none: payments.refund does.
    private static readonly FrozenDictionary<Role, string[]> Table = new Dictionary<Role, string[]>
    {
        [Role.Operator] = OfOperators,
        [Role.HeadOfMall] = [.. OfOperators, KnownScopes.OperationsApprove],
        [Role.Auditor] = [KnownScopes.ApplicationsRead, KnownScopes.PaymentsOperate, KnownScopes.OperationsRead],
        [Role.Officer] = [KnownScopes.AgencyCases],
    }.ToFrozenDictionary();

    /// <summary>The scopes that a person of the role may have, at most.</summary>
    public static IReadOnlyList<string> Of(Role role) => Table[role];

    /// <summary>
    /// What a person gets at a client: what was asked for, as far as the role and the client have it. Whoever asks for
    /// none gets all of it.
    /// </summary>
    public static IReadOnlyList<string> Granted(
        Role role, IReadOnlyCollection<string> asked, IReadOnlyCollection<string> client) =>
        [.. Of(role).Where(scope => client.Contains(scope) && (asked.Count == 0 || asked.Contains(scope)))];

    /// <summary>The role's name, as tokens and the database have it: <c>head-of-mall</c>.</summary>
    public static string Name(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());

    /// <summary>The role of a name.</summary>
    public static Role? Parse(string name) => Enum.GetValues<Role>().Cast<Role?>()
        .FirstOrDefault(role => Name(role!.Value) == name);
}
