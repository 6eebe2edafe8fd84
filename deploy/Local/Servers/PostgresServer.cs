using Mpp.Local.Processes;
using Npgsql;

namespace Mpp.Local;

/// <summary>A private PostgreSQL on loopback with its own data folder.</summary>
internal sealed class PostgresServer(DataFolder data)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Account _account = Account.For("postgres");
    private readonly string _folder = data.In("postgres");
    private string _bin = "";
    private Child? _child;

    public int Port { get; } = FreePorts.Next();

    public bool IsRunning => _child is { IsRunning: true };

    public TimeSpan CpuTime => _child?.CpuTime ?? TimeSpan.Zero;

    public string ConnectionString(string database, string role) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = role,
        Password = data.Secrets[$"postgres/{role}"],
    }.ConnectionString;

    public async Task StartAsync(IProgress<LocalProgress>? progress, CancellationToken cancellationToken)
    {
        _bin = DebianPackages.FindPostgres()
            ?? throw new LocalException("PostgreSQL is not installed: `sudo apt-get install postgresql`.");
        await CreateClusterAsync(progress, cancellationToken);
        progress?.Report(new LocalProgress("PostgreSQL", "starting"));
        _child = await Child.StartAsync(new ChildStart
        {
            Name = "postgres",
            File = Path.Combine(_bin, "postgres"),
            Arguments =
                ["-D", Path.Combine(_folder, "data"), .. Settings().SelectMany(setting => new[] { "-c", setting })],
            Account = _account,
            Folder = _folder,
            LogFile = data.LogFile("postgres"),
            PidFile = data.PidFile("postgres"),
            Death = Signal.Interrupt,
        });
        await AwaitReadyAsync(_child, cancellationToken);
        progress?.Report(new LocalProgress(
            "PostgreSQL", string.Create(CultureInfo.InvariantCulture, $"ready on 127.0.0.1:{Port}"), Done: true));
    }

    /// <summary>"Fast" shutdown: sessions are ended, a checkpoint is written.</summary>
    public Task StopAsync() => _child?.StopAsync(Signal.Interrupt, TimeSpan.FromSeconds(20)) ?? Task.CompletedTask;

    /// <summary>"Immediate" shutdown, for data that is thrown away.</summary>
    public Task AbandonAsync() => _child?.StopAsync(Signal.Quit, TimeSpan.FromSeconds(10)) ?? Task.CompletedTask;

    public Task KillAsync() => _child?.KillAsync() ?? Task.CompletedTask;

    // Durable as in production (fsync, synchronous_commit and full_page_writes stay on). The rest suits many small
    // commits on few cores: room in memory and WAL so that checkpoints are rare, no parallel plans, eager vacuum for
    // queue-like tables.
    private IEnumerable<string> Settings() =>
    [
        string.Create(CultureInfo.InvariantCulture, $"port={Port}"),
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=300",
        "shared_buffers=256MB",
        "effective_cache_size=1GB",
        "wal_buffers=16MB",
        "min_wal_size=512MB",
        "max_wal_size=4GB",
        "checkpoint_timeout=15min",
        "wal_compression=on",
        "random_page_cost=1.1",
        "jit=off",
        "max_parallel_workers_per_gather=0",
        "autovacuum_naptime=30s",
        "log_checkpoints=off",
        "log_line_prefix=%m [%p] %u ",
        // The detail of a failed constraint is the row, and a row of a register is personal data.
        "log_error_verbosity=terse",
    ];

    private async Task CreateClusterAsync(IProgress<LocalProgress>? progress, CancellationToken cancellationToken)
    {
        var version = Path.Combine(_folder, "version");
        var major = Path.GetFileName(Path.GetDirectoryName(_bin))!;
        if (File.Exists(version) && Directory.Exists(Path.Combine(_folder, "data")))
        {
            var of = (await File.ReadAllTextAsync(version, cancellationToken)).Trim();
            if (of != major)
            {
                throw new LocalException(
                    $"{_folder} was made by PostgreSQL {of} and PostgreSQL {major} is installed: "
                        + $"remove {data.Path} (it holds sandbox data only), or give another folder with --data.");
            }
            return;
        }
        progress?.Report(new LocalProgress("PostgreSQL", "creating the data folder"));
        await _account.CreateFolderAsync(_folder, cancellationToken);
        // Made under another name first: a run that is ended in between leaves nothing that looks complete.
        var script = $"""
            set -e; umask 077; cd '{_folder}'; rm -rf new data; cat >password
            '{_bin}/initdb' -D new -U postgres -A scram-sha-256 --pwfile=password -E UTF8 --locale=C.UTF-8
            rm password; mv new data
            """;
        string[] command = [.. _account.Prefix(_folder, Signal.Kill), "sh", "-c", script];
        var (exitCode, output) = await Command.TryRunAsync(
            command[0], command[1..], cancellationToken, data.Secrets["postgres/postgres"]);
        if (exitCode != 0)
        {
            throw new LocalException(output.Contains("No space left", StringComparison.Ordinal)
                ? $"The disk of {data.Path} is full: free some space, or give a folder on another disk with --data."
                : $"PostgreSQL could not create {_folder}: {LogTail.Of(output)}");
        }
        await File.WriteAllTextAsync(version, major, cancellationToken);
    }

    private async Task AwaitReadyAsync(Child child, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        var address = new NpgsqlConnectionStringBuilder(ConnectionString("postgres", "postgres"))
        {
            Pooling = false,
            Timeout = 5
        }.ConnectionString;
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(address);
                await connection.OpenAsync(limit.Token);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                throw new LocalException($"The passwords in {data.Path} do not fit the data: "
                    + $"remove {data.Path} (it holds sandbox data only), or give another folder with --data.", e);
            }
            catch (NpgsqlException) when (!limit.IsCancellationRequested && child.IsRunning)
            {
                await Task.WhenAny(child.Exited, Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken));
            }
            catch (Exception e)
                when (e is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                var tail = child.LogTail;
                await child.KillAsync();
                throw new LocalException(
                    $"PostgreSQL did not start; its log {data.LogFile("postgres")} ends with: {tail}", e);
            }
        }
    }
}
