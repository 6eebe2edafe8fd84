using Mpp.Local.Processes;

namespace Mpp.Local;

/// <summary>Where the needed programs are, and how they are installed on a Debian machine.</summary>
internal static class DebianPackages
{
    public const int OldestPostgres = 15;

    public const string Postgres = "postgresql";

    public const string RabbitMq = "rabbitmq-server";

    private const string PolicyFile = "/usr/sbin/policy-rc.d";

    /// <summary>
    /// The folder with PostgreSQL's programs; <see langword="null"/> when there is none or it is too old.
    /// </summary>
    public static string? FindPostgres()
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql")
                .Select(folder => (
                    Version: int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major)
                        ? major
                        : 0, Bin: Path.Combine(folder, "bin")))
                .Where(found => found.Version >= OldestPostgres && File.Exists(Path.Combine(found.Bin, "postgres"))
                    && File.Exists(Path.Combine(found.Bin, "initdb")))
                .OrderBy(found => found.Version)
                .ToList()
            : [];
        return versions.Count > 0 ? versions[^1].Bin : null;
    }

    /// <summary>
    /// The folder with RabbitMQ's own scripts, which neither change the user nor insist on /etc and /var.
    /// </summary>
    public static string? FindRabbitMq() =>
        File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server") ? "/usr/lib/rabbitmq/bin" : null;

    /// <summary>
    /// Installs what is missing. Debian starts a server's service as it installs it; here it is kept from doing so.
    /// </summary>
    /// <param name="packages"><see cref="Postgres"/>, <see cref="RabbitMq"/>, or a package with a program
    /// of its name.</param>
    /// <param name="progress">Gets the reports.</param>
    /// <param name="cancellationToken">Ends the wait, but not an installation that has begun.</param>
    public static async Task EnsureAsync(
        IEnumerable<string> packages, IProgress<LocalProgress>? progress, CancellationToken cancellationToken)
    {
        var missing = packages.Where(package => !IsThere(package)).ToList();
        if (missing.Count == 0)
        {
            return;
        }
        var names = string.Join(' ', missing);
        var byHand = $"install it yourself with `sudo apt-get install {names}` (PostgreSQL {OldestPostgres} or "
            + "later), or give running servers with --postgres and --rabbitmq.";
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/apt-get"))
        {
            throw new LocalException($"Not installed: {names}. This is no Debian machine: install PostgreSQL "
                + $"{OldestPostgres}+ and RabbitMQ 3.10+ and give their addresses with --postgres and --rabbitmq.");
        }
        string[] root = Signals.IsRoot ? [] : ["sudo", "-n"];
        if (root.Length > 0 && (await Command.TryRunAsync("sudo", ["-n", "true"], cancellationToken)).ExitCode != 0)
        {
            throw new LocalException(
                $"Not installed: {names}. This user is not root and `sudo -n` asks for a password: {byHand}");
        }

        var part = string.Join(" and ", missing.Select(
            name => name switch { Postgres => "PostgreSQL", RabbitMq => "RabbitMQ", _ => name }));
        progress?.Report(new LocalProgress(part, "installing the Debian packages"));
        var (exitCode, output) = await InstallAsync(root, missing);
        if (exitCode != 0)
        {
            // Most often there are no package lists yet, or they are older than the mirror.
            progress?.Report(new LocalProgress(part, "reading Debian's package lists"));
            (exitCode, output) = await Command.TryRunAsync(
                "env", [.. root, "apt-get", "-q", "update"], cancellationToken);
            if (exitCode == 0)
            {
                progress?.Report(new LocalProgress(part, "installing the Debian packages"));
                (exitCode, output) = await InstallAsync(root, missing);
            }
        }
        if (exitCode != 0 || !missing.TrueForAll(IsThere))
        {
            throw new LocalException($"Could not install {names} ({LogTail.Of(output)}): {byHand}");
        }
        progress?.Report(new LocalProgress(part, "installed"));
    }

    private static bool IsThere(string package) => package switch
    {
        Postgres => FindPostgres() is not null,
        RabbitMq => FindRabbitMq() is not null,
        _ => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, package))),
    };

    private static Task<(int ExitCode, string Output)> InstallAsync(string[] root, List<string> packages)
    {
        // 101 is "action not allowed" (Debian Policy 9.3.3); a policy of the machine's own is left alone, and apt asks
        // it as always.
        var names = string.Join(' ', packages);
        var script = $"""
            set -e
            if [ ! -e {PolicyFile} ]; then
                printf '#!/bin/sh\nexit 101\n' >{PolicyFile}
                chmod 755 {PolicyFile}
                trap 'rm -f {PolicyFile}' EXIT INT TERM HUP
                ours=yes
            fi
            DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
                install --no-install-recommends {names}
            # Not at the next boot either: the service would take the standard ports. One that was there is left.
            for service in {names} epmd; do
                if [ "$ours" ] && command -v systemctl >/dev/null; then
                    systemctl disable $service.service >/dev/null 2>&1 || true
                fi
            done
            """;
        // A session of its own and no cancellation: Ctrl-C in the middle of dpkg would leave the machine with
        // half-installed packages.
        return Command.TryRunAsync("setsid", ["--wait", .. root, "sh", "-c", script], CancellationToken.None);
    }
}
