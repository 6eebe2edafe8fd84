namespace Mpp.Local;

/// <summary>The programs that the sandbox issuer knows, each with a secret made on this machine.</summary>
internal static class SandboxClients
{
    private const string Submit = "applications.submit";
    private const string Read = "applications.read";
    private const string Catalogue = "catalogue.read";

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

    /// <summary>The gateway's configuration.</summary>
    public static void AddTo(Dictionary<string, string> environment, Secrets secrets)
    {
        environment["Sandbox__SigningKey"] = secrets.GetOrAdd("signing-key", static () =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return key.ExportPkcs8PrivateKeyPem();
        });
        foreach (var (id, scopes, region) in All)
        {
            environment[$"Sandbox__Clients__{id}__Secret"] = Secret(secrets, id);
            environment[$"Sandbox__Clients__{id}__Scopes"] = scopes;
            environment[$"Sandbox__Clients__{id}__Region"] = region;
        }
    }
}
