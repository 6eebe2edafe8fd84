namespace Mpp.Local;

/// <summary>The programs that may get tokens in the sandbox, each with a secret made on this machine.</summary>
internal static class SandboxClients
{
    private const string Submit = "applications.submit";
    private const string Read = "applications.read";
    private const string Catalogue = "catalogue.read";

    /// <summary>What the console may do for people; each gets of it what their role has.</summary>
    private const string ConsoleScopes = $"{Read} applications.operate payments.operate messages.operate "
        + "operations.read operations.approve";

    private static readonly (string Id, string Scopes, string Region)[] All =
    [
        ("portal", $"{Submit} {Read} {Catalogue}", "74.02"),
        ("kiosk", $"{Submit} {Read} {Catalogue}", "74.02"),
        ("hospital", $"{Submit} {Read} {Catalogue} applications.represent", "74.02"),
        ("operator",
            $"{Submit} {Read} {Catalogue} applications.operate operations payments.operate payments.refund "
                + "sandbox.clock", "74.02"),
        // A bank takes money for every region.
        (SandboxBank.Client, "payments.read payments.record", "*"),
        ("other-region", $"{Submit} {Read} {Catalogue}", "74.71"),
    ];

    public static IEnumerable<string> Ids => All.Select(client => client.Id);

    public static string Secret(Secrets secrets, string id) => secrets[$"client/{id}"];

    /// <summary>The identity service's configuration.</summary>
    public static void AddTo(Dictionary<string, string> environment, Secrets secrets, Uri gateway)
    {
        environment["Identity__KeySecret"] = secrets["identity/keys"];
        foreach (var (id, scopes, region) in All)
        {
            environment[$"Identity__Clients__{id}__Secret"] = Secret(secrets, id);
            environment[$"Identity__Clients__{id}__Scopes"] = scopes;
            environment[$"Identity__Clients__{id}__Region"] = region;
            environment[$"Identity__Clients__{id}__Sandbox"] = "true";
        }
        var console = new Uri(gateway, "/console/").AbsoluteUri;
        environment["Identity__Clients__console__Secret"] = Secret(secrets, "console");
        environment["Identity__Clients__console__Scopes"] = ConsoleScopes;
        environment["Identity__Clients__console__Redirects"] = $"{console}signin-oidc";
        environment["Identity__Clients__console__SignedOut"] = $"{console}signed-out";
        environment["Identity__Clients__console__Sandbox"] = "true";
    }
}
