using RabbitMQ.Client;
using Shouldly;

namespace Mpp.Integration.Messaging;

/// <summary>Eyes and hands on the broker that do not go through the code under test.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly IConnection _connection;

    private Broker(IConnection connection) => _connection = connection;

    public static async Task<Broker> ConnectAsync(Uri address) =>
        new(await new ConnectionFactory { Uri = address }.CreateConnectionAsync());

    /// <summary>Messages that wait in a queue.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    public async Task<bool> ExistsAsync(string queue)
    {
        try
        {
            await CountAsync(queue);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Takes a message out of a queue.</summary>
    public async Task<BasicGetResult?> TakeAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        return await channel.BasicGetAsync(queue, autoAck: true);
    }

    /// <summary>Puts the same bytes with the same properties to an exchange, as often as wanted.</summary>
    public async Task RepeatAsync(BasicGetResult message, string exchange, int times)
    {
        await using var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        for (var i = 0; i < times; i++)
        {
            await channel.BasicPublishAsync(
                exchange, "", true, new BasicProperties(message.BasicProperties), message.Body);
        }
    }

    /// <summary>Sends a message on as a user.</summary>
    public async Task PassOnAsync(BasicGetResult message, string exchange, string user)
    {
        await using var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(
            exchange, "", true, new BasicProperties(message.BasicProperties) { UserId = user }, message.Body);
    }

    public async Task<bool> ExchangeExistsAsync(string exchange)
    {
        await using var channel = await _connection.CreateChannelAsync();
        try
        {
            await channel.ExchangeDeclarePassiveAsync(exchange);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }

    public async Task DeclareExchangeAsync(string exchange)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
    }

    public async Task PublishAsync(string exchange, byte[] body)
    {
        await using var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(exchange, "", true, new BasicProperties { Persistent = true }, body);
    }

    /// <summary>Takes a message and closes the connection without an answer.</summary>
    public async Task TakeAndDieAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        (await channel.BasicGetAsync(queue, autoAck: false)).ShouldNotBeNull();
        await _connection.AbortAsync();
    }

    public async Task DeclareQuorumQueueAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(
            queue, true, false, false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(queue, queue, "");
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
