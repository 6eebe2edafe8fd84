using System.Reflection;

namespace Mpp.Local;

/// <summary>
/// The Aspire dashboard: takes the telemetry of all services, keeps it in the data folder, and shows traces, metrics
/// and logs on a page. It is a comfort: the mall starts without it when it cannot run, and does not end with it.
/// </summary>
internal sealed class TraceViewer : IAsyncDisposable
{
    public const string Name = "traces";

    private const int UsualPort = 18_888;

    /// <summary>The variable that names a collector; whoever sets it has a viewer.</summary>
    public const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly ServiceProcess _process;
    private readonly IProgress<LocalProgress>? _progress;
    private readonly Secrets _secrets;
    private readonly int _exporterPort = FreePorts.Next();

    private TraceViewer(string program, DataFolder data, IProgress<LocalProgress>? progress)
    {
        (_progress, _secrets) = (progress, data.Secrets);
        // A link to a trace is still good after the next start.
        var port = FreePorts.IsFree(UsualPort) ? UsualPort : FreePorts.Next();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var service = new MallService(Name, Project: "", Database: null, Broker: null)
        {
            Program = program,
            ReadyPath = "/login",
        };
        _process = new ServiceProcess(service, data, Settings(data), Address, TimeSpan.FromSeconds(5), progress);
    }

    /// <summary>Whether it has started.</summary>
    public bool Runs { get; private set; }

    /// <summary>Where its pages are.</summary>
    public Uri Address { get; }

    /// <summary>Leads into it: a page, once signed in with the token that the address has.</summary>
    /// <param name="page">The page's path and query.</param>
    public string Login(string page = "/traces") =>
        $"{Address}login?t={_secrets["traces/page"]}&returnUrl={Uri.EscapeDataString(page)}";

    /// <summary>Its page of one span, with the places for <c>{traceId}</c> and <c>{spanId}</c>.</summary>
    public string Template => $"{Address}traces/detail/{{traceId}}?spanId={{spanId}}";

    /// <summary>Its page of one trace.</summary>
    public string PageOf(string traceId) => $"{Address}traces/detail/{traceId}";

    /// <summary>Its page of all work on an application.</summary>
    public string TracesOf(string applicationNumber) =>
        $"{Address}traces?filters={Uri.EscapeDataString($"mpp.application.number:equals:{applicationNumber}")}";

    /// <summary>What a process needs in its environment to send its telemetry here.</summary>
    public IReadOnlyDictionary<string, string> ExporterOf(string process) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Collector] = ExporterAddress,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={_secrets["traces/exporter"]}",
            // The same after each start, or the viewer takes it for one more copy.
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={process}",
            // Whoever follows a link a moment after it was printed finds something.
            ["OTEL_BSP_SCHEDULE_DELAY"] = "2000",
        };

    private string ExporterAddress =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_exporterPort}");

    /// <summary>The processor time it has used.</summary>
    public TimeSpan CpuTime => _process.CpuTime;

    /// <summary>The viewer, or <see langword="null"/> with a word why there is none.</summary>
    public static TraceViewer? For(DataFolder data, IProgress<LocalProgress>? progress)
    {
        if (Environment.GetEnvironmentVariable(Collector) is { Length: > 0 } own)
        {
            progress?.Report(new LocalProgress(Name, $"sent to {own}", Done: true));
            return null;
        }

        var program = typeof(TraceViewer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(pair => pair.Key == nameof(TraceViewer))?.Value;
        if (program is null || !File.Exists(program))
        {
            progress?.Report(new LocalProgress(
                Name, $"no viewer for this machine; {Collector} takes a collector of yours", Done: true));
            return null;
        }

        return new TraceViewer(program, data, progress);
    }

    /// <summary>Starts it; says so when it does not start.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            await _process.StartAsync(limit.Token);
            Runs = true;
        }
        catch (Exception e)
            when (e is LocalException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            _progress?.Report(new LocalProgress(Name, $"left out, as the viewer does not start: {e.Message}"));
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // Names as https://aspire.dev/dashboard/configuration has them.
    private Dictionary<string, string> Settings(DataFolder data) => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = Address.AbsoluteUri,
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = ExporterAddress,
        ["ASPIRE_DASHBOARD_PERSISTENCE_MODE"] = "Resume",
        ["ASPIRE_DASHBOARD_DATA_DIRECTORY"] = Path.GetFullPath(data.In("traces")),
        ["ASPIRE_DASHBOARD_SUPPRESS_BROWSER_TOKEN_IN_OUTPUT"] = "true",
        ["DASHBOARD__APPLICATIONNAME"] = "MPP Digital",
        ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
        ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = _secrets["traces/page"],
        ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = _secrets["traces/exporter"],
        ["DASHBOARD__API__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__API__PRIMARYAPIKEY"] = _secrets["traces/api"],
        ["DASHBOARD__UI__DISABLEAGENTHELP"] = "true",
    };
}
