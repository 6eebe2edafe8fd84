using Microsoft.Extensions.DependencyInjection;
using Mpp.Support;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mpp.Integration.Agency;

/// <summary>The letter agency on servers of its own, and a stand-in for the coordinator.</summary>
public sealed class LetterFixture : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();
    private Uri? _rabbitMq;
    private ServiceInProcess? _agency;
    private CoordinatorStub? _coordinator;

    internal string Database { get; private set; } = "";

    internal CoordinatorStub Coordinator => _coordinator!;

    internal Behaviour Behaviour => _agency!.Services.GetRequiredService<Behaviour>();

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        Database = await _servers.CreateDatabaseAsync("letters");
        _rabbitMq = await _servers.CreateVirtualHostAsync("letters", "letters");
        _coordinator = await CoordinatorStub.StartAsync(_rabbitMq);
        _agency = await LetterAgency.StartAsync(Database, _servers.Servers.BrokerUri(_rabbitMq, "letters"));
    }

    public async Task DisposeAsync()
    {
        await _agency!.DisposeAsync();
        await _coordinator!.DisposeAsync();
        await _servers.DisposeAsync();
    }

    /// <summary>Does something in a scope of the agency, as an endpoint for its officers would.</summary>
    internal async Task InScopeAsync(Func<IServiceProvider, LetterDbContext, Task> work)
    {
        await using var scope = _agency!.Services.CreateAsyncScope();
        await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<LetterDbContext>());
    }

    internal async Task<T?> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    internal Task<long> LettersOfAsync(Guid application) =>
        ScalarAsync<long>("select count(*) from letters where application_id = $1", application);

    /// <summary>Waits until a message has taken effect, answered or not.</summary>
    internal Task ConsumedAsync(Guid messageId) => Wait.UntilAsync(
        async () => await ScalarAsync<long>("select count(*) from inbox where message_id = $1", messageId) > 0,
        TimeSpan.FromSeconds(30),
        $"Message {messageId} is not consumed.");

    /// <summary>Whether the broker agrees with a declaration.</summary>
    internal async Task<bool> DeclareAsync(Func<IChannel, Task<QueueDeclareOk>> declare)
    {
        await using var connection = await new ConnectionFactory { Uri = _rabbitMq! }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await declare(channel);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Steps that no consumer has yet.</summary>
    internal async Task<uint> WaitingAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _rabbitMq! }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync("letters")).MessageCount;
    }

    /// <summary>Takes messages from the agency's error queue until one is of this application.</summary>
    internal async Task<string> TakeErrorOfAsync(Guid application)
    {
        await using var connection = await new ConnectionFactory { Uri = _rabbitMq! }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        string? body = null;
        await Wait.UntilAsync(
            async () =>
            {
                while (body is null && await channel.BasicGetAsync("letters_error", autoAck: true) is { } failed)
                {
                    var text = System.Text.Encoding.UTF8.GetString(failed.Body.Span);
                    body = text.Contains(application.ToString(), StringComparison.Ordinal) ? text : null;
                }

                return body is not null;
            },
            TimeSpan.FromSeconds(60),
            "Nothing of the application is in the error queue.");
        return body!;
    }
}
