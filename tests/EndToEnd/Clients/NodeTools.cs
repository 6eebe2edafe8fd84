using Mpp.Local;
using Mpp.Local.Processes;
using Xunit;

namespace Mpp.EndToEnd.Clients;

/// <summary>
/// The folder tests/Clients with its npm packages; npm comes with Debian's packages where it is missing.
/// </summary>
public sealed class NodeTools : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Clients");

    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        await DebianPackages.EnsureAsync(["npm"], progress: null, CancellationToken.None);
        await Command.RunAsync(
            "npm", ["--prefix", Folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], Limit());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Runs a script of package.json; what it said, and the exit code.</summary>
    internal static Task<(int ExitCode, string Output)> RunAsync(
        string script, string? input = null, IReadOnlyDictionary<string, string>? environment = null) =>
        Command.TryRunAsync("npm", ["--prefix", Folder, "run", "--silent", script], Limit(), input,
            new Dictionary<string, string>(environment ?? Nothing, StringComparer.Ordinal)
            {
                ["REDOCLY_TELEMETRY"] = "off",
                ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true",
            });

    private static CancellationToken Limit() => new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token;
}
