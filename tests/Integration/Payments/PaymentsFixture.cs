using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Mpp.Integration.Applications;
using Mpp.Payments.Data;
using Mpp.Support;
using Npgsql;
using Shouldly;

namespace Mpp.Integration.Payments;

/// <summary>The tests of payments share the service.</summary>
[CollectionDefinition(Name)]
public sealed class PaymentsTests : ICollectionFixture<PaymentsFixture>
{
    public const string Name = "Payments";
}

/// <summary>
/// Two copies of the Payments service on one database and a virtual host of their own, and a stand-in for the
/// coordinator.
/// </summary>
public sealed class PaymentsFixture : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();
    private readonly List<WebApplicationFactory<PaymentsDbContext>> _copies = [];
    private string _database = "";

    internal CoordinatorEar Coordinator { get; private set; } = null!;

    /// <summary>Two copies; what is true with two is true with one.</summary>
    internal IReadOnlyList<HttpClient> Copies { get; private set; } = [];

    internal HttpClient Client => Copies[0];

    /// <summary>The ledger, as the service's own role sees it.</summary>
    internal NpgsqlDataSource Ledger { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _database = await _servers.CreateDatabaseAsync("payments");
        var broker = await _servers.CreateVirtualHostAsync("payments");
        Ledger = NpgsqlDataSource.Create(_database);
        var own = _servers.Servers.BrokerUri(broker, "payments");
        Copies = [await StartAsync(own), await StartAsync(own)];
        Coordinator = await CoordinatorEar.StartAsync(broker);
    }

    public async Task DisposeAsync()
    {
        foreach (var copy in _copies)
        {
            await copy.DisposeAsync();
        }

        await Coordinator.DisposeAsync();
        await Ledger.DisposeAsync();
        await _servers.DisposeAsync();
    }

    /// <summary>A request as a client with some scopes.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string scope, HttpContent? content = null, string client = "bank",
        string? region = "*", int copy = 0, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new("Bearer", Tokens.Create(client, scope, region));
        if (header is { } more)
        {
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        }

        return await Copies[copy].SendAsync(request);
    }

    internal Task<HttpResponseMessage> GetBillAsync(
        string code, string? region = "*", (string Name, string Value)? header = null) =>
        SendAsync(HttpMethod.Get, $"/v1/bills/{code}", "payments.read", region: region, header: header);

    internal async Task<JsonElement> BillAsync(string code)
    {
        using var answer = await GetBillAsync(code);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.JsonAsync();
    }

    internal Task<HttpResponseMessage> PayAsync(
        string code, long amount, string? reference = null, DateTimeOffset? paidAt = null, string client = "bank",
        string? region = "*", int copy = 0, (string Name, string Value)? header = null) =>
        SendAsync(HttpMethod.Post, $"/v1/bills/{code}/payments", "payments.record", JsonContent.Create(new
        {
            amountRupiah = amount,
            reference = reference ?? Guid.NewGuid().ToString(),
            paidAt = paidAt ?? TimeProvider.System.GetUtcNow(),
        }), client, region, copy, header);

    internal Task<HttpResponseMessage> PayAsync(string code, string body) =>
        SendAsync(HttpMethod.Post, $"/v1/bills/{code}/payments", "payments.record",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

    internal async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Ledger.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task<HttpClient> StartAsync(Uri broker)
    {
        var copy = new WebApplicationFactory<PaymentsDbContext>().WithWebHostBuilder(host => host
            .UseEnvironment("Sandbox")
            .UseSetting("ConnectionStrings:Database", _database)
            .UseSetting("ConnectionStrings:RabbitMq", broker.ToString())
            .UseSetting("Database:MigrateAtStart", "true")
            .UseSetting("Messaging:TimerInterval", "00:00:00.1")
            .UseSetting("Auth:Authority", "http://issuer.test")
            .UseSetting("Logging:LogLevel:Default", "Warning")
            .ConfigureTestServices(Tokens.Accept));
        _copies.Add(copy);
        copy.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var client = copy.CreateClient();
        await Wait.UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60), "the service is not ready.");
        return client;
    }
}
