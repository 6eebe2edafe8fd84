using Npgsql;

namespace Mpp.Integration.Messaging;

/// <summary>One PostgreSQL and one RabbitMQ for all tests of messaging; each test takes its own database and its own queue names.</summary>
public sealed class MessagingServers : IAsyncLifetime
{
    private int databases;

    public Uri RabbitMq { get; private set; } = new("amqp://guest:guest@127.0.0.1:55672");

    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"messaging_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection("Host=127.0.0.1;Port=55440;Username=postgres;Database=postgres");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return $"Host=127.0.0.1;Port=55440;Username=postgres;Database={name};Include Error Detail=true";
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.CompletedTask;
}

[CollectionDefinition(Name)]
public sealed class MessagingCollection : ICollectionFixture<MessagingServers>
{
    public const string Name = "messaging";
}
