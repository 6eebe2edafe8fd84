namespace Mpp.Operations.Access;

/// <summary>The configuration section <c>Console</c>.</summary>
internal sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>
    /// The gateway's public address, for example <c>https://mpp.example</c>: people come back to it after they have
    /// signed in, and the console asks for applications there, with their tokens.
    /// </summary>
    public Uri? Url { get; set; }

    /// <summary>The console's client at the issuer.</summary>
    public string ClientId { get; set; } = "console";

    /// <summary>Its secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>How long a session lasts after its last use. Default eight hours, a working day.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    public bool IsSecure => Url?.Scheme == Uri.UriSchemeHttps;

    public static OptionsBuilder<ConsoleOptions> Add(IServiceCollection services, IHostEnvironment environment) =>
        services.AddOptions<ConsoleOptions>().BindConfiguration(Section)
            .Validate(options => options.Url is { IsAbsoluteUri: true } url
                    && (url.Scheme == Uri.UriSchemeHttps
                        || (url.Scheme == Uri.UriSchemeHttp && !environment.IsProduction())),
                "Console:Url must be the gateway's public address, absolute and https (http outside Production).")
            .Validate(options => options.ClientSecret.Length > 0,
                "Console:ClientSecret is missing. Set it to the secret of the console's client at the issuer.")
            .Validate(options => options.SessionLifetime > TimeSpan.Zero, "Console:SessionLifetime must be positive.")
            .ValidateOnStart();
}
