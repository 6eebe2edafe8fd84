using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using MassTransit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Integration.Applications;
using Mpp.Integration.Messaging;
using Mpp.Operations.Data;
using Mpp.Support;

namespace Mpp.Integration.Operations;

/// <summary>The tests of the console share the service; each has applications of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleTests : ICollectionFixture<ConsoleFixture>
{
    public const string Name = "Console";
}

/// <summary>
/// The console on a database and a virtual host of its own. People sign in by a header; the rest of the mall is
/// <see cref="StubMall"/>.
/// </summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    public const string Operator = "operator;74.02;applications.read applications.operate";
    public const string Auditor = "auditor;74.02;applications.read applications.operate";
    public const string Elsewhere = "operator;74.71;applications.read applications.operate";

    private readonly ServersFixture _servers = new();
    private WebApplicationFactory<OperationsDbContext> _service = null!;
    private IBusControl _bus = null!;

    internal StubMall Mall { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    internal IServiceProvider Services => _service.Services;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        var database = await _servers.CreateDatabaseAsync("operations");
        var broker = await _servers.CreateVirtualHostAsync("operations");
        _service = new WebApplicationFactory<OperationsDbContext>().WithWebHostBuilder(host => host
            .UseEnvironment("Sandbox")
            .UseSetting("ConnectionStrings:Database", database)
            .UseSetting("ConnectionStrings:RabbitMq", _servers.Servers.BrokerUri(broker, "operations").ToString())
            .UseSetting("Database:MigrateAtStart", "true")
            .UseSetting("Auth:Authority", "http://issuer.test")
            .UseSetting("Console:Url", "http://gateway.test")
            .UseSetting("Console:ClientSecret", "secret-of-the-console")
            .UseSetting("Catalogue:Url", "http://catalogue.test")
            .UseSetting("Applications:Url", "http://applications.test")
            .UseSetting("CatchUp:Interval", "00:00:01")
            .UseSetting("CatchUp:OnItsWay", "00:00:00")
            .UseSetting("Logging:LogLevel:Default", "Warning")
            .ConfigureTestServices(services =>
            {
                Tokens.Accept(services);
                services.AddTransient<HeaderSignIn>();
                services.PostConfigure<AuthenticationOptions>(
                    options => options.SchemeMap["console"].HandlerType = typeof(HeaderSignIn));
                foreach (var client in (string[])["mall", "catalogue", "applications"])
                {
                    services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => Mall);
                }
            }));
        _service.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _service.StartServer();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = _service.ClientOptions.BaseAddress,
        };
        await Wait.UntilAsync(async () => (await Client.GetAsync("/health/ready")).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60), "the service is not ready.");
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.SendAs("applications");
        });
        await _bus.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _bus.StopAsync();
        await _service.DisposeAsync();
        await _servers.DisposeAsync();
    }

    /// <summary>Says it as the coordinator does.</summary>
    internal async Task TellAsync<T>(T message, string user = "applications", Guid? id = null) where T : class =>
        await (await _bus.GetSendEndpoint(new Uri("exchange:operations"))).Send(message, context =>
        {
            context.As(user);
            context.MessageId = id ?? context.MessageId;
        });

    internal async Task<HttpResponseMessage> GetAsync(
        string path, string person = Operator, string language = "en", string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Test-Person", person);
        request.Headers.Add("Accept-Language", language);
        request.Headers.Add("Accept", "text/html");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await Client.SendAsync(request);
    }

    internal async Task<string> PageAsync(string path, string person = Operator, string language = "en")
    {
        using var answer = await GetAsync(path, person, language);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    /// <summary>Fills in a form of a page and sends it, as a browser does.</summary>
    internal async Task<HttpResponseMessage> SendFormAsync(
        string page, string action, string person, params (string Name, string Value)[] fields)
    {
        using var shown = await GetAsync(page, person);
        var html = await shown.Content.ReadAsStringAsync();
        const string Name = "name=\"__RequestVerificationToken\" value=\"";
        var at = html.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        var token = html[at..html.IndexOf('"', at)];
        using var request = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent(
            [
                new("__RequestVerificationToken", WebUtility.HtmlDecode(token)),
                .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)),
            ]),
        };
        request.Headers.Add("Test-Person", person);
        request.Headers.Add("Accept-Language", "en");
        request.Headers.Add("Cookie", shown.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        return await Client.SendAsync(request);
    }

    internal async Task<T> ReadAsync<T>(Func<OperationsDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OperationsDbContext>());
    }

    /// <summary>Who signs in by a header: role, region and scopes.</summary>
    private sealed class HeaderSignIn(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["Test-Person"].ToString().Split(';') is not [var role, var region, var scopes])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity(
                [new("sub", $"{role}-{region}"), new("name", $"The {role}"), new("role", role), new("region", region),
                    new("scope", scopes)], "test");
            var properties = new AuthenticationProperties();
            properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = $"of-{role}-{region}" }]);
            return Task.FromResult(AuthenticateResult.Success(
                new AuthenticationTicket(new ClaimsPrincipal(identity), properties, "console")));
        }
    }
}

/// <summary>Changes of an application as the coordinator tells them.</summary>
internal static class Changes
{
    public static ApplicationChanged Of(
        Guid id, string number, long sequence, StepStatus step, ApplicationStatus status, string region = "74.02",
        string[]? matters = null, string[]? requirements = null, string[]? acts = null) => new()
        {
            ApplicationId = id,
            ApplicationNumber = ApplicationNumber.Parse(number),
            Sequence = sequence,
            Package = "job-seeker",
            PackageVersion = 1,
            Region = RegionCode.Parse(region),
            Status = status,
            Steps = new Dictionary<string, StepStatus>(StringComparer.Ordinal) { ["skck"] = step },
            At = TimeProvider.System.GetUtcNow(),
            Channel = "electronic",
            SubmittedAt = TimeProvider.System.GetUtcNow().AddHours(-2),
            StepsInDetail =
            [
                new ChangedStep
                {
                    Id = "skck", Service = "police/skck", Status = step, Attempt = 1,
                    Since = TimeProvider.System.GetUtcNow().AddHours(-1), WaitsFor = Party.Agency,
                    Matters = matters ?? [], Requirements = requirements ?? [], Acts = acts ?? [],
                },
            ],
            Entries =
            [
                new ChangedEntry
                {
                    Sequence = sequence, At = TimeProvider.System.GetUtcNow(),
                    Kind = sequence == 1 ? "application-submitted" : "step-requested", Step = "skck", Attempt = 1,
                },
            ],
        };
}
