using System.Runtime.Versioning;
using Mpp.Local;
using Mpp.Support;
using Npgsql;
using RabbitMQ.Client;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Servers;

[SupportedOSPlatform("linux")]
public sealed class LocalServersTests(ServersFixture fixture) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task A_role_opens_its_own_database()
    {
        await using var connection = new NpgsqlConnection(await fixture.CreateDatabaseAsync("own"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "CREATE TABLE note (id int PRIMARY KEY); SELECT current_user::text", connection);
        (await command.ExecuteScalarAsync()).ShouldBe(connection.Database);
    }

    [Fact]
    public async Task A_role_cannot_connect_to_another_ones_database()
    {
        var mine = new NpgsqlConnectionStringBuilder(await fixture.CreateDatabaseAsync("mine"));
        var theirs = new NpgsqlConnectionStringBuilder(await fixture.CreateDatabaseAsync("theirs"));

        await using var connection = new NpgsqlConnection(
            fixture.Servers.PostgresConnectionString(theirs.Database!, mine.Username));

        (await Should.ThrowAsync<PostgresException>(connection.OpenAsync())).SqlState
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("template1")]
    public async Task A_role_cannot_connect_to_the_databases_that_nobody_owns(string database)
    {
        var mine = new NpgsqlConnectionStringBuilder(await fixture.CreateDatabaseAsync("lonely"));

        await using var connection = new NpgsqlConnection(
            fixture.Servers.PostgresConnectionString(database, mine.Username));

        (await Should.ThrowAsync<PostgresException>(connection.OpenAsync())).SqlState
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Durability_is_not_traded_for_speed()
    {
        await using var connection = new NpgsqlConnection(fixture.Servers.AdministratorConnectionString());
        await connection.OpenAsync();
        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
        {
            await using var command = new NpgsqlCommand($"SHOW {setting}", connection);
            (await command.ExecuteScalarAsync()).ShouldBe("on", setting);
        }
    }

    [Fact]
    public async Task A_virtual_host_is_ready_to_use()
    {
        var factory = new ConnectionFactory { Uri = await fixture.CreateVirtualHostAsync() };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        (await channel.QueueDeclareAsync("here", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" })).QueueName
            .ShouldBe("here");
    }

    [Fact]
    public async Task A_data_folder_in_use_is_refused_with_the_mend()
    {
        var error = await Should.ThrowAsync<LocalException>(
            LocalServers.StartAsync(new LocalServersOptions { DataFolder = fixture.Servers.DataPath }));
        error.Message.ShouldContain("in use by another run");
        error.Message.ShouldContain("--data");
    }

    [Fact]
    public void Secrets_are_for_their_owner_only() =>
        File.GetUnixFileMode(Path.Combine(fixture.Servers.DataPath, "secrets.json"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    [Fact]
    public async Task Data_of_another_PostgreSQL_is_refused_with_the_mend()
    {
        var options = LocalServersOptions.ForTests() with { WithRabbitMq = false };
        Directory.CreateDirectory(Path.Combine(options.DataFolder!, "postgres", "data"));
        await File.WriteAllTextAsync(Path.Combine(options.DataFolder!, "postgres", "version"), "13");

        var error = await Should.ThrowAsync<LocalException>(LocalServers.StartAsync(options));

        error.Message.ShouldContain("was made by PostgreSQL 13");
        error.Message.ShouldContain("--data");
    }

    [Fact]
    public async Task Data_of_another_RabbitMQ_is_refused_with_the_mend()
    {
        var options = LocalServersOptions.ForTests() with { WithPostgres = false };
        Directory.CreateDirectory(Path.Combine(options.DataFolder!, "rabbitmq"));
        await File.WriteAllTextAsync(Path.Combine(options.DataFolder!, "rabbitmq", "version"), "3.8");

        var error = await Should.ThrowAsync<LocalException>(LocalServers.StartAsync(options));

        error.Message.ShouldContain("was made by RabbitMQ 3.8");
        error.Message.ShouldContain("--data");
    }
}
