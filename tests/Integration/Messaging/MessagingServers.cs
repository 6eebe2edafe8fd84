using Mpp.Local;
using Mpp.Support;

namespace Mpp.Integration.Messaging;

/// <summary>
/// The servers of all tests of messaging; each test takes its own database and its own queue names. With
/// MPP_TEST_POSTGRES (a connection string) and MPP_TEST_RABBITMQ (an address) they are those that run already.
/// </summary>
public sealed class MessagingServers : IAsyncLifetime
{
    private readonly ServersFixture _fixture = new();
    private int _databases;
    private LocalServers? _existing;

    public Uri RabbitMq => _existing?.RabbitMqUri ?? _fixture.Servers.RabbitMqUri;

    public Task<string> CreateDatabaseAsync() => _existing is null
        ? _fixture.CreateDatabaseAsync("messaging")
        : _existing.CreateDatabaseAsync($"messaging_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("MPP_TEST_POSTGRES") is { } postgres
            && Environment.GetEnvironmentVariable("MPP_TEST_RABBITMQ") is { } rabbitMq)
        {
            _existing = await LocalServers.StartAsync(
                LocalServersOptions.ForTests() with { Postgres = postgres, RabbitMq = new Uri(rabbitMq) });
        }
        else
        {
            await _fixture.InitializeAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_existing is not null)
        {
            await _existing.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class MessagingCollection : ICollectionFixture<MessagingServers>
{
    public const string Name = "messaging";
}
