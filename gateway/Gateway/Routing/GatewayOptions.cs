namespace Mpp.Gateway.Routing;

/// <summary>The configuration section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>Service name → its base address; several copies of a service are separated by commas.</summary>
    public Dictionary<string, string> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Routes beside those of <see cref="PublicRoute.Table"/>: an agency with an interface of its own is added without
    /// a new build.
    /// </summary>
    public Dictionary<string, ExtraRoute> Routes { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each service is asked whether it is ready.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a connection to a service may be silent. A stream lives on as long as its heartbeats come more often
    /// than this.
    /// </summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Shells do not export variables with a hyphen: <c>Gateway__Services__civil_registry</c> means
    /// <c>civil-registry</c>.
    /// </summary>
    public void ReadShellNames()
    {
        foreach (var name in Services.Keys.Where(name => name.Contains('_', StringComparison.Ordinal)).ToList())
        {
            Services.Remove(name, out var address);
            Services[name.Replace('_', '-')] = address!;
        }
    }

    /// <summary>Whether the mall's own issuer is behind this gateway; a deployment may have another one.</summary>
    public bool HasIdentity => Services.ContainsKey(PublicRoute.Identity);

    public IEnumerable<PublicRoute> AllRoutes() => PublicRoute.Table
        .Where(route => route.Service is not (PublicRoute.Identity or PublicRoute.Console)
            || Services.ContainsKey(route.Service))
        .Concat(Routes.Select(route => new PublicRoute(
            route.Key, route.Value.Method.ToUpperInvariant(), route.Value.Path, route.Value.Service,
            route.Value.Anonymous ? Access.Anonymous : Access.Scope(route.Value.Scope))));

    public static string[] Addresses(string value) =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class ExtraRoute
{
    public string Method { get; set; } = "GET";

    public string Path { get; set; } = "";

    public string Service { get; set; } = "";

    public string Scope { get; set; } = "";

    public bool Anonymous { get; set; }
}

internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = new List<string>();
        foreach (var (service, addresses) in options.Services)
        {
            var all = GatewayOptions.Addresses(addresses);
            if (all.Length == 0 || !all.All(
                address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            {
                faults.Add($"Gateway:Services:{service} must be an absolute http or https "
                    + "address, or several with commas between.");
            }
        }

        foreach (var (route, extra) in options.Routes)
        {
            if (!extra.Path.StartsWith("/v1/", StringComparison.Ordinal))
            {
                faults.Add($"Gateway:Routes:{route}:Path must begin with /v1/.");
            }

            if (extra.Anonymous == !string.IsNullOrWhiteSpace(extra.Scope))
            {
                faults.Add($"Gateway:Routes:{route} needs either Scope, or Anonymous = true.");
            }
        }

        foreach (var missing in options.AllRoutes().Select(route => route.Service)
            .Distinct(StringComparer.Ordinal).Where(service => !options.Services.ContainsKey(service)))
        {
            faults.Add($"Gateway:Services:{missing} is missing. Set it to the base address of that service.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
