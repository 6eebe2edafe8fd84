using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Mpp.Gateway.Routing;

namespace Mpp.Integration.Gateway;

/// <summary>The gateway in this process, on a port of its own, in front of stub services.</summary>
internal sealed class GatewayHost : WebApplicationFactory<PublicRoute>
{
    public const string Authority = "http://issuer.test";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Dictionary<string, string> _settings;
    private readonly string _environment;

    private readonly Action<IServiceCollection>? _configure;

    private GatewayHost(
        StubService applications, StubService catalogue, StubService payments, StubService identity,
        StubService operations, IReadOnlyDictionary<string, string> settings, string environment,
        Action<IServiceCollection>? configure)
    {
        _configure = configure;
        _environment = environment;
        Applications = applications;
        Catalogue = catalogue;
        Payments = payments;
        Identity = identity;
        Operations = operations;
        _settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Auth:Authority"] = Authority,
            ["Gateway:Services:applications"] = applications.Address,
            ["Gateway:Services:catalogue"] = catalogue.Address,
            ["Gateway:Services:payments"] = payments.Address,
            ["Gateway:Services:identity"] = identity.Address,
            ["Gateway:Services:operations"] = operations.Address,
        };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        // An empty one takes a service away.
        _settings = _settings.Where(setting => setting.Value.Length > 0).ToDictionary();
    }

    public StubService Applications { get; }

    public StubService Catalogue { get; }

    public StubService Payments { get; }

    public StubService Identity { get; }

    public StubService Operations { get; }

    public HttpClient Client { get; private set; } = null!;

    public static async Task<GatewayHost> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, string environment = "Sandbox",
        Action<IServiceCollection>? configure = null, Func<HttpMessageHandler, HttpMessageHandler>? watch = null)
    {
        var host = new GatewayHost(
            await StubService.StartAsync(), await StubService.StartAsync(), await StubService.StartAsync(),
            await StubService.StartAsync(), await StubService.StartAsync(),
            settings ?? new Dictionary<string, string>(StringComparer.Ordinal),
            environment, configure);
        host.UseKestrel();
        host.StartServer();
        HttpMessageHandler handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        };
        host.Client = new HttpClient(watch?.Invoke(handler) ?? handler)
        {
            BaseAddress = host.ClientOptions.BaseAddress,
            Timeout = TimeSpan.FromSeconds(30),
        };
        return host;
    }

    public string Token(
        string scope = "applications.submit applications.read", string client = "portal", string audience = "mpp",
        string issuer = Authority, TimeSpan? lifetime = null, ECDsa? key = null)
    {
        var expires = TimeProvider.System.GetUtcNow().UtcDateTime + (lifetime ?? TimeSpan.FromMinutes(5));
        return new JsonWebTokenHandler
        {
            SetDefaultTimesOnTokenCreation = false
        }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = expires - TimeSpan.FromHours(1),
            Expires = expires,
            SigningCredentials = new SigningCredentials(
                new ECDsaSecurityKey(key ?? _key), SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["client_id"] = client,
                ["scope"] = scope,
                ["region"] = "74.02"
            },
        });
    }

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token = null, HttpContent? content = null,
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public override async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await base.DisposeAsync();
        await Applications.DisposeAsync();
        await Catalogue.DisposeAsync();
        await Payments.DisposeAsync();
        await Identity.DisposeAsync();
        await Operations.DisposeAsync();
        _key.Dispose();
    }

    /// <summary>Accepts the tokens of a key, without asking any issuer.</summary>
    internal static void Trust(JwtBearerOptions bearer, ECDsa key)
    {
        bearer.Configuration = new OpenIdConnectConfiguration { Issuer = Authority };
        bearer.Configuration.SigningKeys.Add(new ECDsaSecurityKey(key));
        bearer.ConfigurationManager =
            new StaticConfigurationManager<OpenIdConnectConfiguration>(bearer.Configuration);
        bearer.TokenValidationParameters.ValidIssuer = Authority;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        builder.ConfigureTestServices(services =>
        {
            services.PostConfigure<JwtBearerOptions>(
                JwtBearerDefaults.AuthenticationScheme, bearer => Trust(bearer, _key));
            _configure?.Invoke(services);
        });
        // UseKestrel(0) sets the port while the server may be starting already.
        builder.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }
}

/// <summary>One gateway for the tests of a class.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    internal GatewayHost Gateway { get; private set; } = null!;

    public async Task InitializeAsync() => Gateway = await GatewayHost.StartAsync();

    public Task DisposeAsync() => Gateway.DisposeAsync().AsTask();
}
