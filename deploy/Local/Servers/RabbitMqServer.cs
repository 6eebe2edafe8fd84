using System.Net;
using System.Net.Sockets;
using Mpp.Local.Processes;

namespace Mpp.Local;

/// <summary>A private RabbitMQ on loopback with its own data folder, node and port mapper.</summary>
internal sealed class RabbitMqServer(DataFolder data)
{
    private const string User = "mpp";
    private const string VirtualHost = "mpp";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    // Erlang asks access(2), which ignores capabilities: in a folder that its user cannot reach, it must run as root.
    private readonly Account _account =
        Account.For("rabbitmq") is var account && account.Reaches(data.In("rabbitmq")) ? account : Account.Own;
    private readonly string _folder = data.In("rabbitmq");
    private readonly int _distributionPort = FreePorts.Next();
    private readonly int _mapperPort = FreePorts.Next();
    private Child? _mapper;
    private Child? _child;

    public int Port { get; } = FreePorts.Next();

    public bool IsRunning => _child is { IsRunning: true };

    public TimeSpan CpuTime => _child?.CpuTime ?? TimeSpan.Zero;

    public Uri Uri => UriOf(VirtualHost);

    public async Task StartAsync(IProgress<LocalProgress>? progress, CancellationToken cancellationToken)
    {
        var bin = DebianPackages.FindRabbitMq()
            ?? throw new LocalException("RabbitMQ is not installed: `sudo apt-get install rabbitmq-server`.");
        await PrepareAsync(bin, cancellationToken);
        progress?.Report(new LocalProgress("RabbitMQ", "starting (some 15 s)"));
        var environment = Environment();

        // Erlang starts a port mapper that outlives it, unless there is one already. So we start our own, which ends
        // with us.
        if (_mapper is not { IsRunning: true })
        {
            _mapper = await Child.StartAsync(new ChildStart
            {
                Name = "epmd",
                File = "epmd",
                Arguments = ["-address", "127.0.0.1", "-port", _mapperPort.ToString(CultureInfo.InvariantCulture)],
                Environment = environment,
                Account = _account,
                Folder = _folder,
                LogFile = data.LogFile("epmd"),
                PidFile = data.PidFile("epmd"),
            });
            await AwaitPortAsync(_mapper, "epmd", _mapperPort, static (_, _) => Task.FromResult(true),
                TimeSpan.FromSeconds(10), cancellationToken);
        }
        _child = await Child.StartAsync(new ChildStart
        {
            Name = "rabbitmq",
            File = Path.Combine(bin, "rabbitmq-server"),
            Arguments = [],
            Environment = environment,
            Account = _account,
            Folder = _folder,
            LogFile = data.LogFile("rabbitmq"),
            PidFile = data.PidFile("rabbitmq"),
        });
        await AwaitPortAsync(_child, "RabbitMQ", Port, SpeaksAmqpAsync, StartLimit, cancellationToken);
        progress?.Report(new LocalProgress(
            "RabbitMQ", string.Create(CultureInfo.InvariantCulture, $"ready on 127.0.0.1:{Port}"), Done: true));
    }

    public async Task StopAsync()
    {
        await (_child?.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(30)) ?? Task.CompletedTask);
        await EndMapperAsync();
    }

    /// <summary>SIGKILL, for faults and for data that is thrown away.</summary>
    public async Task KillAsync()
    {
        await (_child?.KillAsync() ?? Task.CompletedTask);
        await EndMapperAsync();
    }

    public async Task<Uri> ImportAsync(
        string virtualHost, IReadOnlyList<BrokerUser> users, CancellationToken cancellationToken)
    {
        var bin = DebianPackages.FindRabbitMq()!;
        var file = Path.Combine(_folder, $"definitions-{virtualHost}.json");
        await WriteDefinitionsAsync(file, virtualHost, users, cancellationToken);
        string[] command =
        [
            .. _account.Prefix(_folder, Signal.Kill), Path.Combine(bin, "rabbitmqctl"), "import_definitions", file,
        ];
        await Command.RunAsync(command[0], command[1..], cancellationToken, environment: Environment());
        return UriOf(virtualHost);
    }

    private string Password => data.Secrets[BrokerDefinitions.Secret(User)];

    private Uri UriOf(string virtualHost) =>
        new(string.Create(
            CultureInfo.InvariantCulture, $"amqp://{User}:{Password}@127.0.0.1:{Port}/{virtualHost}"));

    // The server's account reads the file, and it may be another than ours. The folder is closed to everybody else.
    private Task WriteDefinitionsAsync(
        string file, string virtualHost, IReadOnlyList<BrokerUser> users, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(
            file,
            BrokerDefinitions.Write(virtualHost, [BrokerUser.Administrator(User), .. users], data.Secrets),
            cancellationToken);

    private Task EndMapperAsync() => _mapper?.KillAsync() ?? Task.CompletedTask;

    private Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["HOME"] = _folder,
        ["RABBITMQ_NODENAME"] = "mpp@localhost",
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(_folder, "advanced.config"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "none"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
        ["RABBITMQ_DIST_PORT"] = _distributionPort.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_PORT"] = _mapperPort.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_CRASH_DUMP_BYTES"] = "0",
        // With "input allowed" the script becomes the Erlang machine instead of starting it: one process to watch and
        // to end.
        ["RABBITMQ_ALLOW_INPUT"] = "1",
        // No busy waiting: the cores are shared with everything else.
        ["RABBITMQ_SERVER_START_ARGS"] =
            "-noinput +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
    };

    private async Task PrepareAsync(string bin, CancellationToken cancellationToken)
    {
        // The script is a link into the folder rabbitmq_server-3.10.8, which names the version.
        var script =
            File.ResolveLinkTarget(Path.Combine(bin, "rabbitmq-server"), returnFinalTarget: true)?.FullName ?? bin;
        var version = string.Join('.', script.Split('-')
            .Last(part => part.Length > 0 && char.IsAsciiDigit(part[0])).Split('/')[0].Split('.').Take(2));
        var versionFile = Path.Combine(_folder, "version");
        if (File.Exists(versionFile)
            && (await File.ReadAllTextAsync(versionFile, cancellationToken)).Trim() is var of && of != version)
        {
            throw new LocalException(
                $"{_folder} was made by RabbitMQ {of} and RabbitMQ {version} is installed: "
                    + $"remove {data.Path} (it holds sandbox data only), or give another folder with --data.");
        }
        await _account.CreateFolderAsync(_folder, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[].\n", cancellationToken);
        var definitions = Path.Combine(_folder, "definitions.json");
        await WriteDefinitionsAsync(definitions, VirtualHost, BrokerUser.Of(MallService.All), cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            load_definitions = {definitions}
            loopback_users = none
            # Absolute, so that a small machine's memory is not taken and a large one's not counted on.
            vm_memory_high_watermark.absolute = 1GB
            disk_free_limit.absolute = 256MB
            raft.wal_max_size_bytes = 134217728
            log.console = true
            log.console.level = info
            log.file = false

            """), cancellationToken);
        await File.WriteAllTextAsync(versionFile, version, cancellationToken);
    }

    private async Task AwaitPortAsync(
        Child child, string name, int port, Func<NetworkStream, CancellationToken, Task<bool>> isReady, TimeSpan limit,
        CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(limit);
        while (child.IsRunning && !ended.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, ended.Token);
                if (await isReady(client.GetStream(), ended.Token))
                {
                    return;
                }
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
                // Not yet.
            }
            await Task.WhenAny(child.Exited, Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken));
        }
        cancellationToken.ThrowIfCancellationRequested();
        var tail = child.LogTail;
        await KillAsync();
        throw new LocalException(
            $"{name} did not start; its log {data.LogFile(child == _child ? "rabbitmq" : "epmd")} ends with: {tail}");
    }

    /// <summary>
    /// The port opens before the broker is ready to talk; it is ready when it answers the protocol header with a frame.
    /// </summary>
    private static async Task<bool> SpeaksAmqpAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellationToken);
        return await stream.ReadAsync(new byte[1], cancellationToken) == 1;
    }
}
