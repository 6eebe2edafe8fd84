using Mpp.Local;
using Mpp.Local.Processes;

namespace Mpp.Load.Sides;

/// <summary>
/// Builds the peer, which is no part of the solution: once, then with the adapters that it writes of its own handlers.
/// </summary>
internal static class WolverineBuild
{
    /// <summary>The peer's project, whose name is that of its folder.</summary>
    public const string Project = "tests/Load/Peers/Wolverine";

    /// <summary>The peer as something that can be started.</summary>
    /// <param name="role">Which of its processes.</param>
    public static MallService Role(string role) =>
        new(role, Project, Database: null, Broker: null) { Arguments = [role] };

    /// <exception cref="LocalException">It does not build; the message has the compiler's errors.</exception>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var adapters = Path.Combine(Repository.Root, "artifacts", "obj", "Wolverine", "adapters");
        if (Directory.Exists(adapters))
        {
            Directory.Delete(adapters, recursive: true);
        }

        await BuildAsync(cancellationToken);
        // Nothing is reached while the adapters are written, so the addresses lead nowhere.
        await Command.RunAsync(
            Repository.DotNet, [Role("applications").Assembly, "applications", "codegen", "write"], cancellationToken,
            environment: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Adapters"] = adapters,
                ["ConnectionStrings__Database"] = "Host=127.0.0.1;Port=1;Database=none",
                ["ConnectionStrings__RabbitMq"] = "amqp://127.0.0.1:1",
            });
        await BuildAsync(cancellationToken);
    }

    private static async Task BuildAsync(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.TryRunAsync(
            Repository.DotNet,
            ["build", Path.Combine(Repository.Root, Project), "-c", Repository.Configuration, "-v", "quiet", "-nologo",
                "--disable-build-servers"],
            cancellationToken);
        if (exitCode != 0)
        {
            var errors = output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal);
            throw new LocalException($"{Project} does not build:\n{string.Join('\n', errors)}");
        }
    }
}
