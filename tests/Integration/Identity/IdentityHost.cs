using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Mpp.Identity.Data;
using Mpp.Identity.Time;
using Mpp.Integration.Hosting;
using Mpp.Support;
using Npgsql;

namespace Mpp.Integration.Identity;

/// <summary>The identity service in this process, on a database of its own, with a clock that a test moves.</summary>
internal sealed class IdentityHost : IAsyncDisposable
{
    public const string Origin = "http://mall.test";
    public const string Issuer = $"{Origin}/identity/";
    public const string Callback = "http://console.test/signin-oidc";
    public const string SignedOut = "http://console.test/signed-out";
    public const string Secret = "the-secret-of-a-client";
    public const string Password = "correct horse battery";

    private readonly WebApplicationFactory<IdentityDbContext> _service;

    private IdentityHost(WebApplicationFactory<IdentityDbContext> service, MovedClock clock, string database)
    {
        (_service, Clock, Database) = (service, clock, NpgsqlDataSource.Create(database));
        ConnectionString = database;
    }

    public MovedClock Clock { get; }

    public NpgsqlDataSource Database { get; }

    public string ConnectionString { get; }

    public IServiceProvider Services => _service.Services;

    public HttpClient Client { get; private set; } = null!;

    public CapturedLog Log { get; } = new();

    /// <summary>The key of the client <c>signing</c>, which has no secret.</summary>
    public static ECDsaSecurityKey ClientKey { get; } =
        new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "client-key" };

    public static async Task<IdentityHost> StartAsync(
        string database, IReadOnlyDictionary<string, string>? settings = null, MovedClock? clock = null)
    {
        clock ??= new MovedClock();
        CapturedLog? log = null;
        var all = Settings();
        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            all[key] = value;
        }

        var service = new WebApplicationFactory<IdentityDbContext>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Sandbox")
                .UseSetting("ConnectionStrings:Database", database)
                .UseSetting("Database:MigrateAtStart", "true")
                .ConfigureTestServices(services =>
                {
                    services.AddSingleton(new IdentityClock(clock));
                    services.AddSingleton<ILoggerProvider>(_ => log!);
                });
            foreach (var (key, value) in all)
            {
                builder.UseSetting(key, value);
            }
        });
        var host = new IdentityHost(service, clock, database);
        log = host.Log;
        service.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        using var first = service.CreateClient();
        host.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = first.BaseAddress,
        };
        await Wait.UntilAsync(async () => (await host.Client.GetAsync("/health/ready")).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60), "the service is not ready.");
        return host;
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _service.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Auth:Authority"] = $"{Origin}/identity",
            ["Identity:KeySecret"] = "a-secret-for-tests-of-32-letters-or-more",
            ["Identity:Limits:AddressAMinute"] = "100000",
            ["Identity:Limits:ClientAMinute"] = "100000",
            ["Identity:Clients:portal:Secret"] = Secret,
            ["Identity:Clients:portal:Scopes"] = "applications.submit applications.read",
            ["Identity:Clients:portal:Region"] = "74.02",
            ["Identity:Clients:signing:Keys"] = ClientKeys(),
            ["Identity:Clients:signing:Scopes"] = "applications.read",
            ["Identity:Clients:signing:Region"] = "*",
            ["Identity:Clients:console:Secret"] = Secret,
            ["Identity:Clients:console:Scopes"] = "applications.read applications.operate payments.operate "
                + "messages.operate operations.read operations.approve",
            ["Identity:Clients:console:Redirects"] = Callback,
            ["Identity:Clients:console:SignedOut"] = SignedOut,
        };
        foreach (var (name, role, office) in ((string, string, string?)[])[
            ("operator.7402", "operator", null), ("head.7402", "head-of-mall", null), ("auditor.7402", "auditor", null),
            ("officer.7402", "officer", "police"), ("locked.7402", "operator", null), ("hasty.7402", "operator", null)])
        {
            settings[$"Identity:People:{name}:Password"] = Password;
            settings[$"Identity:People:{name}:DisplayName"] = $"The {role} of 74.02";
            settings[$"Identity:People:{name}:Role"] = role;
            settings[$"Identity:People:{name}:Region"] = "74.02";
            if (office is not null)
            {
                settings[$"Identity:People:{name}:Office"] = office;
            }
        }

        return settings;
    }

    private static string ClientKeys()
    {
        var point = ClientKey.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return $$"""
            {"keys":[{"kty":"EC","crv":"P-256","use":"sig","kid":"{{ClientKey.KeyId}}",
            "x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}
            """;
    }
}

/// <summary>One service for the tests of a class.</summary>
public sealed class IdentityFixture : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();

    internal IdentityHost Identity { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        Identity = await IdentityHost.StartAsync(await _servers.CreateDatabaseAsync("identity"));
    }

    public Task DisposeAsync() => Identity.DisposeAsync().AsTask();
}
