using Mpp.Local;
using Mpp.Support;

namespace Mpp.Integration.Messaging;

/// <summary>
/// The servers of all tests of messaging; each test takes its own database and its own queue names. With MPP_TEST_POSTGRES (a connection
/// string) and MPP_TEST_RABBITMQ (an address) they are those that run already.
/// </summary>
public sealed class MessagingServers : IAsyncLifetime
{
    private readonly ServersFixture fixture = new();
    private int databases;
    private LocalServers? existing;

    public Uri RabbitMq => existing?.RabbitMqUri ?? fixture.Servers.RabbitMqUri;

    public Task<string> CreateDatabaseAsync() => existing is null
        ? fixture.CreateDatabaseAsync("messaging")
        : existing.CreateDatabaseAsync($"messaging_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}");

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("MPP_TEST_POSTGRES") is { } postgres && Environment.GetEnvironmentVariable("MPP_TEST_RABBITMQ") is { } rabbitMq)
        {
            existing = await LocalServers.StartAsync(LocalServersOptions.ForTests() with { Postgres = postgres, RabbitMq = new Uri(rabbitMq) });
        }
        else
        {
            await fixture.InitializeAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (existing is not null)
        {
            await existing.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class MessagingCollection : ICollectionFixture<MessagingServers>
{
    public const string Name = "messaging";
}
