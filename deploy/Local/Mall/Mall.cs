using System.Net.Http.Headers;
using System.Net.Http.Json;
using Mpp.Local.Processes;

namespace Mpp.Local;

/// <summary>
/// The whole of MPP Digital on this machine: servers, services and the gateway, each a process of its own.
/// </summary>
public sealed class Mall : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly MallOptions _options;
    private readonly IProgress<LocalProgress>? _progress;
    private readonly Dictionary<string, ServiceProcess> _services = new(StringComparer.Ordinal);
    private readonly HttpClient _gateway;
    private readonly TokenSource _tokens;
    private readonly TraceViewer? _traces;

    private Mall(MallOptions options, LocalServers servers, IProgress<LocalProgress>? progress)
    {
        _options = options;
        _progress = progress;
        Servers = servers;
        var addresses = MallService.All.ToDictionary(
            service => service.Name, service => AddressesOf(service, options), StringComparer.Ordinal);
        GatewayAddress = addresses[MallService.Gateway][0];
        _gateway = Client();
        _tokens = new TokenSource(_gateway, servers.Data.Secrets, TimeProvider.System);
        _traces = options.Traces ? TraceViewer.For(servers.Data, progress) : null;
        foreach (var service in MallService.All)
        {
            foreach (var (copy, address) in addresses[service.Name].Index())
            {
                var process = copy == 0 ? service : service with { Name = $"{service.Name}-{copy + 1}" };
                _services[process.Name] = new ServiceProcess(
                    process, servers.Data, EnvironmentOf(process.Name, service, address, addresses), address,
                    options.Servers.Temporary ? TimeSpan.Zero : StopLimit, progress);
            }
        }
    }

    /// <summary>The one public address.</summary>
    public Uri GatewayAddress { get; }

    /// <summary>PostgreSQL and RabbitMQ.</summary>
    public LocalServers Servers { get; }

    /// <summary>Where people look at traces; <see langword="null"/> when nothing runs for it.</summary>
    internal TraceViewer? Traces => _traces is { Runs: true } ? _traces : null;

    /// <summary>The names of all processes.</summary>
    public static IEnumerable<string> ServiceNames => MallService.All.Select(service => service.Name);

    /// <summary>Starts everything but <see cref="MallOptions.Without"/>; returns when every service is ready.</summary>
    /// <exception cref="LocalException">Something that a person can mend; the message says how.</exception>
    public static async Task<Mall> StartAsync(
        MallOptions? options = null, IProgress<LocalProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new MallOptions();
        if (options.Without.Except(ServiceNames, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new LocalException($"There is no service {unknown}. The mall has {string.Join(", ", ServiceNames)}.");
        }
        if (options.Port is { } port && !FreePorts.IsFree(port))
        {
            throw new LocalException(
                $"Port {port} is in use by another program: stop it, or give another one with --port.");
        }
        var servers = await LocalServers.BeginAsync(options.Servers, progress, cancellationToken);
        var mall = new Mall(options, servers, progress);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await ExistingServers.CheckUsersAsync(options.Servers, servers, cancellationToken);
            // Services start while RabbitMQ still boots: they connect to it when it is there.
            await Task.WhenAll(
                mall._traces?.StartAsync(failed.Token) ?? Task.CompletedTask,
                EndOthersOnFailure(servers.PostgresReady, failed),
                EndOthersOnFailure(servers.RabbitMqReady, failed),
                EndOthersOnFailure(mall.DeclareAsync(failed.Token), failed),
                EndOthersOnFailure(mall.StartServicesAsync(failed.Token), failed));
            return mall;
        }
        catch (Exception e)
        {
            await mall.DisposeAsync();
            if (servers.Data.Explain(e) is { } explained)
            {
                throw explained;
            }
            throw;
        }
    }

    /// <summary>The address of a service behind the gateway.</summary>
    public Uri AddressOf(string service) => Service(service).Address;

    /// <summary>The environment of a service that was left out, to start it with.</summary>
    public string EnvironmentFileOf(string service) => Servers.Data.EnvironmentFile(service);

    /// <summary>A bearer token for a program of the sandbox.</summary>
    /// <param name="client"><c>portal</c>, <c>hospital</c>, <c>operator</c>, <c>sandbox-bank</c> or
    /// <c>other-region</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<string> TokenAsync(string client = "portal", CancellationToken cancellationToken = default) =>
        _tokens.GetAsync(client, cancellationToken);

    /// <summary>A client of the gateway with a token. Dispose it after use.</summary>
    /// <param name="client">As for <see cref="TokenAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<HttpClient> ClientAsync(
        string client = "portal", CancellationToken cancellationToken = default)
    {
        var http = Client();
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await TokenAsync(client, cancellationToken));
        return http;
    }

    /// <summary>The secret of a program of the sandbox.</summary>
    /// <param name="client">As for <see cref="TokenAsync"/>.</param>
    public string SecretOf(string client) => SandboxClients.Secret(Servers.Data.Secrets, client);

    /// <summary>Who may sign in: user name and password.</summary>
    public IReadOnlyList<(string Name, string Password)> People =>
        [.. SandboxPeople.Names.Select(name => (name, SandboxPeople.Password(Servers.Data.Secrets, name)))];

    /// <summary>A client of the gateway. Dispose it after use.</summary>
    public HttpClient Client() => new(_options.Watch(new SocketsHttpHandler())) { BaseAddress = GatewayAddress };

    /// <summary>The time in the sandbox.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken = default) =>
        (await _gateway.GetFromJsonAsync<ClockView>("/sandbox/clock", cancellationToken))!.Now;

    /// <summary>
    /// Moves the clock of all processes forward; when it returns, all have seen it. Tokens stay good, and timers that
    /// are due go off.
    /// </summary>
    /// <param name="by">More than zero; ten years in all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The new time.</returns>
    public async Task<DateTimeOffset> AdvanceClockAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        using var client = await ClientAsync("operator", cancellationToken);
        using var answer = await client.PostAsJsonAsync("/sandbox/clock", new { advance = by }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<ClockView>(cancellationToken))!.Now;
    }

    /// <summary>
    /// SIGKILL to a service. It is started again at once; <see cref="AwaitReadyAsync"/> waits for that.
    /// </summary>
    public Task KillAsync(string service) => Service(service).KillAsync();

    /// <summary>Stops a service, which stays away until <see cref="BringUpAsync"/>.</summary>
    public Task TakeDownAsync(string service) => Service(service).TakeDownAsync();

    /// <summary>Starts it again; returns when it is ready.</summary>
    public Task BringUpAsync(string service, CancellationToken cancellationToken = default)
    {
        Service(service).BringUp();
        return AwaitReadyAsync(service, cancellationToken);
    }

    /// <summary>SIGSTOP: a service that hangs, with its connections open.</summary>
    public void Suspend(string service) => Service(service).Send(Signal.Stop);

    /// <summary>SIGCONT: it goes on.</summary>
    public void Resume(string service) => Service(service).Send(Signal.Continue);

    /// <summary>Waits until a service says that it is ready.</summary>
    public async Task AwaitReadyAsync(string service, CancellationToken cancellationToken = default)
    {
        while (!await Service(service).IsReadyAsync(cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    /// <summary>How often a service was started again.</summary>
    public int RestartsOf(string service) => Service(service).Restarts;

    /// <summary>The log of a process.</summary>
    public string LogFile(string name) => Servers.Data.LogFile(name);

    /// <summary>Processor time used so far, by process, servers included.</summary>
    public IReadOnlyDictionary<string, TimeSpan> CpuTimes()
    {
        var times = new Dictionary<string, TimeSpan>(Servers.CpuTimes(), StringComparer.Ordinal);
        foreach (var service in _services.Values)
        {
            times[service.Name] = service.CpuTime;
        }
        if (_traces is { } traces)
        {
            times[TraceViewer.Name] = traces.CpuTime;
        }
        return times;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _progress?.Report(new LocalProgress("mall", "stopping"));
        await Task.WhenAll(_services.Values.Select(service => service.DisposeAsync().AsTask()));
        await (_traces?.DisposeAsync() ?? ValueTask.CompletedTask);
        ForgetEnvironments();
        await Servers.DisposeAsync();
        _gateway.Dispose();
    }

    private static List<Uri> AddressesOf(MallService service, MallOptions options) =>
        service.Name == MallService.Gateway
            ? [AddressOn(options.Port ?? FreePorts.Next())]
            : [.. Enumerable.Range(0, options.Copies).Select(_ => AddressOn(FreePorts.Next()))];

    private static Uri AddressOn(int port) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    private static async Task EndOthersOnFailure(Task task, CancellationTokenSource others)
    {
        try
        {
            await task;
        }
        catch
        {
            await others.CancelAsync();
            throw;
        }
    }

    private ServiceProcess Service(string name) =>
        _services.TryGetValue(name, out var service)
            ? service
            : throw new ArgumentException($"The mall has {string.Join(", ", _services.Keys)}.", nameof(name));

    private async Task StartServicesAsync(CancellationToken cancellationToken)
    {
        await Servers.PostgresReady;
        foreach (var service in MallService.All.Where(service => service.Database is not null))
        {
            await Servers.CreateDatabaseAsync(service.Database!, cancellationToken);
        }
        ForgetEnvironments();
        foreach (var name in _options.Without)
        {
            EnvironmentFile.Write(EnvironmentFileOf(name), Service(name).Environment);
            var left = $"left out; expected on {AddressOf(name).Authority}";
            _progress?.Report(new LocalProgress(name, left, Done: true));
        }
        await Task.WhenAll(_services.Values
            .Where(service => !_options.Without.Contains(service.Name, StringComparer.Ordinal))
            .Select(service => service.StartAsync(cancellationToken)));
    }

    private Task DeclareAsync(CancellationToken cancellationToken) =>
        new BrokerTopology(Servers, _progress).DeclareAsync(
            [.. MallService.All.Where(service => service.Broker is not null)
                .Select(service => (service, Service(service.Name).Environment))],
            cancellationToken);

    // The files name servers and ports of one run.
    private void ForgetEnvironments()
    {
        foreach (var name in ServiceNames)
        {
            File.Delete(EnvironmentFileOf(name));
        }
    }

    private Dictionary<string, string> EnvironmentOf(
        string process, MallService service, Uri address, Dictionary<string, List<Uri>> addresses)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Sandbox",
            ["DOTNET_ENVIRONMENT"] = "Sandbox",
            ["ASPNETCORE_URLS"] = address.AbsoluteUri,
            ["Auth__Authority"] = new Uri(GatewayAddress, "/identity").AbsoluteUri,
            // The file stays with the databases, whose times the clock has moved.
            ["Sandbox__ClockFile"] = Path.GetFullPath(Path.Combine(Servers.DataPath, "sandbox-clock")),
            // The gateway lists the people whom the agencies have in their registers.
            ["Sandbox__People"] = _options.SandboxPeople.ToString(CultureInfo.InvariantCulture),
            // Nine runtimes and two servers share a few cores: start quickly, and keep no heap for each core.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_gcServer"] = "0",
        };
        if (service.Broker is not null)
        {
            environment["ConnectionStrings__RabbitMq"] =
                Servers.BrokerUri(Servers.RabbitMqUri, service.Name).AbsoluteUri;
        }
        if (service.Database is { } database)
        {
            environment["ConnectionStrings__Database"] = Servers.PostgresConnectionString(database);
            environment["Database__MigrateAtStart"] = "true";
            environment["Sandbox__Load"] = "true";
        }
        if (service.Name == "applications")
        {
            environment["Catalogue__Url"] = addresses["catalogue"][0].AbsoluteUri;
            // A clock that jumps makes every alarm late, and nobody wants to wait a minute after a jump.
            environment["Flow__HeldUp"] = "00:00:02";
        }
        if (_traces is { } traces)
        {
            environment["Traces__Url"] = traces.Template;
            foreach (var (key, value) in traces.ExporterOf(process))
            {
                environment[key] = value;
            }
        }
        if (service.Name == "operations")
        {
            environment["Catalogue__Url"] = addresses["catalogue"][0].AbsoluteUri;
            environment["Applications__Url"] = addresses["applications"][0].AbsoluteUri;
            environment["Console__Url"] = GatewayAddress.AbsoluteUri;
            environment["Console__ClientSecret"] = SecretOf("console");
        }
        if (service.Name == "identity")
        {
            SandboxClients.AddTo(environment, Servers.Data.Secrets, GatewayAddress);
            SandboxPeople.AddTo(environment, Servers.Data.Secrets);
        }
        if (service.Name == MallService.Gateway)
        {
            foreach (var (name, copies) in addresses.Where(entry => entry.Key != MallService.Gateway))
            {
                environment[$"Gateway__Services__{name}"] = string.Join(',', copies);
            }
        }
        foreach (var (key, value) in _options.Environment.Concat(
            _options.ServiceEnvironment.GetValueOrDefault(service.Name)
                ?? new Dictionary<string, string>(StringComparer.Ordinal)))
        {
            environment[key] = value;
        }
        return environment;
    }

    private sealed record ClockView(DateTimeOffset Now);
}
