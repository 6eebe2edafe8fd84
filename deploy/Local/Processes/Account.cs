namespace Mpp.Local.Processes;

/// <summary>Who a server runs as. PostgreSQL refuses root, and RabbitMQ does not need it.</summary>
/// <param name="User">The system user, or <see langword="null"/> for the user of this process.</param>
internal sealed record Account(string? User)
{
    /// <summary>The user of this process.</summary>
    public static readonly Account Own = new(default(string));

    /// <summary>
    /// The first of these users that exists, when this process is root; else this process's own user.
    /// </summary>
    public static Account For(params ReadOnlySpan<string> users)
    {
        if (!Signals.IsRoot)
        {
            return Own;
        }
        var known = File.ReadLines("/etc/passwd").Select(
            line => line[..Math.Max(line.IndexOf(':', StringComparison.Ordinal), 0)]).ToHashSet(StringComparer.Ordinal);
        foreach (var user in users)
        {
            if (known.Contains(user))
            {
                return new Account(user);
            }
        }
        return new Account("nobody");
    }

    /// <summary>
    /// The command line that runs a program as this user, with the signal it gets when this process dies.
    /// </summary>
    /// <param name="folder">A folder that the program must reach. Where a parent is closed (a clone under /root), it
    /// gets the capability to pass through and no more.</param>
    /// <param name="death">The signal that the program gets when this process dies, however it dies.</param>
    public IEnumerable<string> Prefix(string folder, Signal? death)
    {
        yield return "setpriv";
        if (User is not null)
        {
            yield return $"--reuid={User}";
            yield return $"--regid={User switch { "nobody" => "nogroup", _ => User }}";
            yield return "--init-groups";
            if (!Reaches(folder))
            {
                yield return "--inh-caps=+dac_read_search";
                yield return "--ambient-caps=+dac_read_search";
            }
        }
        if (death is { } signal)
        {
            var name = signal switch
            {
                Signal.Interrupt => "INT",
                Signal.Quit => "QUIT",
                Signal.Terminate => "TERM",
                _ => "KILL",
            };
            yield return $"--pdeathsig={name}";
        }
        yield return "--";
    }

    /// <summary>Creates a folder that only this user may read.</summary>
    public async Task CreateFolderAsync(string path, CancellationToken cancellationToken)
    {
        string[] owner = User is null ? [] : ["-o", User];
        await Command.RunAsync("install", [.. owner, "-d", "-m", "700", path], cancellationToken);
        if (User is not null)
        {
            await Command.RunAsync("chown", ["-R", User, path], cancellationToken);
        }
    }

    /// <summary>Whether the user can reach a folder without help: no folder above it is closed to others.</summary>
    public bool Reaches(string folder)
    {
        if (User is null)
        {
            return true;
        }
        for (var parent = Directory.GetParent(folder); parent is not null; parent = parent.Parent)
        {
            if (parent.Exists && !parent.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }
        return true;
    }
}
