namespace Mpp.Local;

/// <summary>
/// The people who may sign in in the sandbox. They are called by what they are; their passwords are made on this
/// machine.
/// </summary>
internal static class SandboxPeople
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Groups = 4;

    private static readonly (string Name, string Display, string Role, string Region)[] All =
    [
        ("operator.7402", "Operator MPP 74.02", "operator", "74.02"),
        ("head.7402", "Kepala MPP 74.02", "head-of-mall", "74.02"),
        ("auditor.7402", "Auditor 74.02", "auditor", "74.02"),
        ("operator.7471", "Operator MPP 74.71", "operator", "74.71"),
    ];

    public static IEnumerable<string> Names => All.Select(person => person.Name);

    public static string Password(Secrets secrets, string name) => secrets.GetOrAdd(
        $"person/{name}", static () => string.Join('-', Enumerable.Range(0, Groups)
            .Select(_ => RandomNumberGenerator.GetString(Letters, 4))));

    /// <summary>The identity service's configuration.</summary>
    public static void AddTo(Dictionary<string, string> environment, Secrets secrets)
    {
        foreach (var (name, display, role, region) in All)
        {
            environment[$"Identity__People__{name}__Password"] = Password(secrets, name);
            environment[$"Identity__People__{name}__DisplayName"] = display;
            environment[$"Identity__People__{name}__Role"] = role;
            environment[$"Identity__People__{name}__Region"] = region;
            environment[$"Identity__People__{name}__Sandbox"] = "true";
        }
    }
}
