using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Shouldly;

using Mpp.Messaging.Broker;

namespace Mpp.Integration.Messaging;

/// <summary>
/// The end of a connection reaches everybody on it, whatever they were doing when it ended. Each of these hangs for
/// ever on the plain socket and channel of RabbitMQ.Client 7.
/// </summary>
[Collection(MessagingCollection.Name)]
public sealed class BrokerEndTests(MessagingServers servers)
{
    /// <summary>More than the kernel's buffers hold, so that frames wait inside the client too.</summary>
    private const int Messages = 400;

    private static readonly byte[] Body = new byte[100_000];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Publishers_learn_of_a_connection_that_broke_with_more_to_send_than_it_could_take()
    {
        var (cable, address) = Cable.ToRabbitMq(servers.RabbitMq);
        await using var rabbit = cable;
        await using var connection = await ConnectAsync(address);
        var ended = EndOf(connection);
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
        await using var first = await connection.CreateChannelAsync(options);
        await using var second = await connection.CreateChannelAsync(options);

        cable.Stall();
        var sends = Enumerable.Range(0, Messages)
            .Select(i => (i % 2 == 0 ? first : second).BasicPublishAsync("", "nowhere", Body).AsTask()).ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        sends.ShouldContain(send => !send.IsCompleted);
        cable.Cut();

        await Task.WhenAll(sends.Select(async send => await Should.ThrowAsync<Exception>(send))).WaitAsync(Patience);
        await ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_consumer_that_closes_its_channel_does_not_wait_for_itself()
    {
        var queue = "e" + Guid.NewGuid().ToString("N")[..8];
        var (cable, address) = Cable.ToRabbitMq(servers.RabbitMq);
        await using var rabbit = cable;
        await using var connection = await ConnectAsync(address);
        await using var inner = await connection.CreateChannelAsync();
        var channel = ReceivingChannel.ClosingApart.Of(inner);
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true);
        var consumer = new AsyncEventingBasicConsumer(channel);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        consumer.ReceivedAsync += async (_, _) =>
        {
            await channel.CloseAsync();
            closed.SetResult();
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        // Registered after the channel, so it is told after the channel has been.
        var ended = EndOf(connection);

        await channel.BasicPublishAsync("", queue, Body);
        await closed.Task.WaitAsync(Patience);
        await Eventually.BeAsync(() => Task.FromResult(channel.IsOpen), false, Patience);
        cable.Cut();

        await ended.WaitAsync(Patience);
    }

    private static async Task<IConnection> ConnectAsync(Uri address) =>
        await new ConnectionFactory
        {
            Uri = address,
            AutomaticRecoveryEnabled = false,
            SocketFactory = BrokerSocket.Create
        }.CreateConnectionAsync();

    private static Task EndOf(IConnection connection)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, _) =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        return ended.Task;
    }
}
