namespace Mpp.Local;

/// <summary>How to run the mall.</summary>
public sealed record MallOptions
{
    /// <summary>The servers below it.</summary>
    public LocalServersOptions Servers { get; init; } = new();

    /// <summary>The gateway's port on loopback; <see langword="null"/> for any that is free.</summary>
    public int? Port { get; init; }

    /// <summary>How many people the sandbox has.</summary>
    public int SandboxPeople { get; init; } = 1000;

    /// <summary>
    /// How many processes each service has, but for the gateway. The second of the police is <c>police-2</c>.
    /// </summary>
    public int Copies { get; init; } = 1;

    /// <summary>Whether a viewer of traces is started, and every service sends it its telemetry.</summary>
    public bool Traces { get; init; }

    /// <summary>
    /// More environment variables for every service and the gateway, for example <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>More environment variables for one process, by service name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ServiceEnvironment { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>
    /// Services that are not started: whoever starts one finds its environment in <c>&lt;service&gt;.env</c> of the
    /// data folder.
    /// </summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>
    /// A handler between this mall's own clients and the gateway: through it a test sees every answer.
    /// </summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Watch { get; init; } = handler => handler;

    /// <summary>
    /// A mall for a test: temporary data, any free port, and rate limits that a fast test does not reach.
    /// </summary>
    public static MallOptions ForTests() => new()
    {
        Servers = LocalServersOptions.ForTests(),
        ServiceEnvironment = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
        {
            ["gateway"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Gateway__HealthInterval"] = "00:00:01",
                ["Gateway__Limits__Client__PerSecond"] = "10000",
                ["Gateway__Limits__Client__Burst"] = "10000",
                ["Gateway__Limits__Address__PerSecond"] = "10000",
                ["Gateway__Limits__Address__Burst"] = "10000",
            },
            ["identity"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Identity__Limits__AddressAMinute"] = "10000",
                ["Identity__Limits__ClientAMinute"] = "10000",
            },
        },
    };
}
