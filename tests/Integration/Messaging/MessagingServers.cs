using Mpp.Local;

namespace Mpp.Integration.Messaging;

/// <summary>One PostgreSQL and one RabbitMQ for all tests of messaging; each test takes its own database and its own queue names.</summary>
public sealed class MessagingServers : IAsyncLifetime
{
    private int databases;
    private LocalServers? servers;

    public Uri RabbitMq => Servers.RabbitMqUri;

    public LocalServers Servers => servers ?? throw new InvalidOperationException("The servers have not been started.");

    public Task<string> CreateDatabaseAsync() => Servers.CreateDatabaseAsync($"messaging_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}");

    /// <summary>
    /// Servers of one's own, or those that MPP_TEST_POSTGRES (a connection string) and MPP_TEST_RABBITMQ (an address) name; the tests that
    /// stop a server need servers of one's own.
    /// </summary>
    public async Task InitializeAsync()
    {
        var options = LocalServersOptions.ForTests();
        if (Environment.GetEnvironmentVariable("MPP_TEST_POSTGRES") is { } postgres && Environment.GetEnvironmentVariable("MPP_TEST_RABBITMQ") is { } rabbitMq)
        {
            options = options with { Postgres = postgres, RabbitMq = new Uri(rabbitMq) };
        }

        servers = await LocalServers.StartAsync(options);
    }

    public async Task DisposeAsync() => await Servers.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class MessagingCollection : ICollectionFixture<MessagingServers>
{
    public const string Name = "messaging";
}
