using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mpp.Applications.Data;
using Mpp.Catalogue.Publishing;
using Mpp.Identity.Data;
using Mpp.Integration.Applications;
using Mpp.Integration.Gateway;
using Mpp.Integration.Hosting;
using Mpp.Payments.Data;
using Mpp.Support;
using Mpp.Support.Contract;
using Npgsql;
using Shouldly;

namespace Mpp.Integration.Edge;

/// <summary>The tests of the edge share the services behind it.</summary>
[CollectionDefinition(Name)]
public sealed class EdgeTestCollection : ICollectionFixture<EdgeFixture>
{
    public const string Name = "Edge";
}

/// <summary>
/// The gateway in front of the services that the published document is about, on real servers, with all that they log.
/// </summary>
public sealed partial class EdgeFixture : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<IAsyncDisposable> _hosts = [];
    private readonly Dictionary<string, string> _databases = new(StringComparer.Ordinal);

    internal GatewayHost Gateway { get; private set; } = null!;

    internal CapturedLog Log { get; } = new();

    internal IReadOnlyList<PublishedOperation> Operations { get; private set; } = [];

    /// <summary>Parameters and members → values that are there, so that requests come further.</summary>
    internal IReadOnlyDictionary<string, JsonNode> Known { get; private set; } =
        new Dictionary<string, JsonNode>(StringComparer.Ordinal);

    /// <summary>A token that may do everything that the document names a scope for.</summary>
    internal string Token { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        var address = await _servers.CreateVirtualHostAsync("edge");
        _hosts.Add(await StubAgencies.StartAsync(address, withPayments: false));
        var catalogue = await StartAsync<Publication>("catalogue", []);
        var applications = await StartAsync<ApplicationsDbContext>(
            "applications", [("ConnectionStrings:RabbitMq", UserOf("applications")), ("Catalogue:Url", catalogue)]);
        var identity = await StartAsync<IdentityDbContext>(
            "identity", [("Identity:KeySecret", "a-secret-for-tests-of-32-letters-or-more")]);
        var payments = await StartAsync<PaymentsDbContext>(
            "payments", [("ConnectionStrings:RabbitMq", UserOf("payments"))]);
        string UserOf(string service) => _servers.Servers.BrokerUri(address, service).ToString();

        Gateway = await GatewayHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:Services:applications"] = applications,
            ["Gateway:Services:catalogue"] = catalogue,
            ["Gateway:Services:payments"] = payments,
            ["Gateway:Services:identity"] = identity,
            ["Gateway:HealthInterval"] = "01:00:00",
            ["Gateway:Limits:Client:PerSecond"] = "100000",
            ["Gateway:Limits:Client:Burst"] = "100000",
            ["Gateway:Limits:Address:PerSecond"] = "100000",
            ["Gateway:Limits:Address:Burst"] = "100000",
        }, configure: services =>
        {
            services.AddSingleton<ILoggerProvider>(Log);
            services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, Accept);
        }, watch: h => new ContractHandler(h));

        using var answer = await Gateway.SendAsync(HttpMethod.Get, "/openapi/v1.json");
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        Operations = PublishedOperation.Of(document);
        Token = Gateway.Token(string.Join(' ', Operations
            .SelectMany(o => o.Definition["security"]!.AsArray()).SelectMany(s => s!["token"]!.AsArray())
            .Select(scope => (string)scope!).Append("applications.represent").Append("sandbox.clock").Distinct()),
            key: _key);
        var filed = await SendAsync("POST", "/v1/applications", """
            {"package":"job-seeker","region":"74.02","channel":"electronic","input":{"applicant":{
            "nik":"7402422010840001","name":"Haris Anwar Firmansyah","birthDate":"1984-10-20",
            "familyCardNumber":"7402422405070001"},"purpose":"private-employment"}}
            """u8.ToArray());
        filed.Status.ShouldBe(HttpStatusCode.Created, filed.Text);
        var application = JsonElement.Parse(filed.Text);
        Known = new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["number"] = application.GetProperty("number").GetString()!,
            ["step"] = application.GetProperty("steps")[0].GetProperty("id").GetString()!,
            ["package"] = "job-seeker",
            ["code"] = "job-seeker",
            ["region"] = "74.02",
            ["channel"] = "electronic",
        };
    }

    /// <summary>The packages that are offered, as the catalogue publishes them: with their forms.</summary>
    internal async Task<IReadOnlyList<JsonNode>> PackagesAsync()
    {
        var list = JsonNode.Parse((await SendAsync("GET", "/v1/packages")).Text)!["packages"]!.AsArray();
        var packages = new List<JsonNode>();
        foreach (var code in list.Select(item => (string)item!["code"]!))
        {
            packages.Add(JsonNode.Parse((await SendAsync("GET", $"/v1/packages/{code}")).Text)!);
        }

        packages.Count.ShouldBeGreaterThan(3);
        return packages;
    }

    /// <summary>How much the services have stored.</summary>
    internal async Task<string> StoredAsync()
    {
        var counts = new List<string>();
        foreach (var (database, table) in ((string, string)[])[
            ("applications", "applications"), ("applications", "timeline"), ("applications", "personal_data"),
            ("applications", "idempotency_keys"), ("payments", "payments"), ("payments", "idempotency_keys")])
        {
            await using var source = NpgsqlDataSource.Create(_databases[database]);
            await using var count = source.CreateCommand($"SELECT count(*) FROM {table}");
            counts.Add($"{database}.{table}: {await count.ExecuteScalarAsync()}");
        }

        return string.Join(", ", counts);
    }

    /// <summary>What is stored of an application's form.</summary>
    internal async Task<JsonElement> InputOfAsync(string number)
    {
        await using var source = NpgsqlDataSource.Create(_databases["applications"]);
        await using var read = source.CreateCommand(
            "SELECT p.content FROM personal_data p JOIN applications a ON a.id = p.application_id "
            + "WHERE a.number = $1 AND p.part = 'input'");
        read.Parameters.AddWithValue(number);
        return JsonElement.Parse((string)(await read.ExecuteScalarAsync())!);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.DisposeAsync();
        }

        _key.Dispose();
    }

    /// <summary>A request to an operation, or to another address.</summary>
    internal async Task<EdgeAnswer> SendAsync(
        string method, string address, byte[]? body = null, string contentType = "application/json",
        string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType).ShouldBeTrue();
        }

        if ((token ?? Token) is { Length: > 0 } bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        foreach (var (name, value) in headers)
        {
            (request.Headers.TryAddWithoutValidation(name, value)
                || request.Content?.Headers.TryAddWithoutValidation(name, value) is true).ShouldBeTrue(name);
        }

        using var answer = await Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // A stream of events ends when what it tells of does.
        var text = answer.Content.Headers.ContentType?.MediaType is "text/event-stream"
            ? "" : await answer.Content.ReadAsStringAsync();
        var trace = answer.Headers.GetValues("Trace-Id").ShouldHaveSingleItem();
        TraceId().IsMatch(trace).ShouldBeTrue();
        if ((int)answer.StatusCode >= 500)
        {
            text = string.Join('\n', Log.Lines.Where(l => l.Contains(trace, StringComparison.Ordinal)).Prepend(text));
        }

        return new(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, text, trace,
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(
                h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    internal Task<EdgeAnswer> SendAsync(
        PublishedOperation operation, string? body = null, string contentType = "application/json",
        params (string Name, string Value)[] headers) => SendAsync(
            operation.Method, operation.Address(), body is null ? null : Encoding.UTF8.GetBytes(body), contentType,
            token: null, headers);

    private async Task<string> StartAsync<TProgram>(string name, (string Key, string Value)[] settings)
        where TProgram : class
    {
        var database = _databases[name] = await _servers.CreateDatabaseAsync(name);
        var host = new WebApplicationFactory<TProgram>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Sandbox")
                .UseSetting("ConnectionStrings:Database", database)
                .UseSetting("Database:MigrateAtStart", "true")
                .UseSetting("Auth:Authority", GatewayHost.Authority)
                .ConfigureTestServices(services =>
                {
                    services.AddSingleton<ILoggerProvider>(Log);
                    services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, Accept);
                });
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }
        });
        _hosts.Add(host);
        host.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        using var client = host.CreateClient();
        await Wait.UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60), $"{name} is not ready.");
        return client.BaseAddress!.ToString();
    }

    private void Accept(JwtBearerOptions bearer) => GatewayHost.Trust(bearer, _key);

    [GeneratedRegex("^(?!0{32})[0-9a-f]{32}$", RegexOptions.None, 1000)]
    private static partial Regex TraceId();
}

/// <summary>An answer of the gateway; that it has a trace id has been seen.</summary>
internal sealed record EdgeAnswer(
    HttpStatusCode Status, string? MediaType, string Text, string TraceId, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Asserts that it is a problem of a kind, and no fault of ours.</summary>
    public JsonElement ShouldBeProblem(string what, HttpStatusCode status, string code)
    {
        Status.ShouldBe(status, $"{what}: {Text}");
        var problem = ShouldBeHarmless(what);
        problem.GetProperty("type").GetString().ShouldBe($"urn:mpp:problem:{code}", what);
        return problem;
    }

    /// <summary>
    /// Asserts that it is no fault of ours, and that what is refused is a problem with the answer's trace id.
    /// </summary>
    public JsonElement ShouldBeHarmless(string what)
    {
        ((int)Status).ShouldBeLessThan(500, $"{what}: {Text}");
        if ((int)Status < 400)
        {
            return default;
        }

        MediaType.ShouldBe("application/problem+json", what);
        var problem = JsonElement.Parse(Text);
        problem.GetProperty("status").GetInt32().ShouldBe((int)Status, what);
        problem.GetProperty("traceId").GetString().ShouldBe(TraceId, what);
        return problem;
    }
}
