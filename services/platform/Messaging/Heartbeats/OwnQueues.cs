using Mpp.Contracts.Operations;
using Mpp.Messaging.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mpp.Messaging.Heartbeats;

/// <summary>
/// How the service's own queues stand, by asking for each of them whether it is there. The broker closes the channel
/// over one that is not, so the channel serves for nothing else.
/// </summary>
internal sealed class OwnQueues(SideConnection broker, MessagingConfigurator configurator) : IAsyncDisposable
{
    private readonly string[] _names =
    [
        .. configurator.Queues.Keys
            .SelectMany(name => new[] { name, FailureQueue.Errors(name), FailureQueue.Skipped(name) }),
        .. configurator.QuestionQueues.Keys,
    ];

    private IChannel? _channel;

    /// <summary>Those that are there. One caller at a time.</summary>
    public async Task<IReadOnlyList<QueueFigures>> ReadAsync(CancellationToken cancellationToken)
    {
        var figures = new List<QueueFigures>(_names.Length);
        foreach (var name in _names)
        {
            if (_channel is not { IsOpen: true })
            {
                await DisposeAsync();
                _channel = await broker.OpenAsync(confirms: false, cancellationToken);
            }

            try
            {
                var queue = await _channel.QueueDeclarePassiveAsync(name, cancellationToken);
                figures.Add(new QueueFigures(name, queue.MessageCount, (int)queue.ConsumerCount));
            }
            catch (OperationInterruptedException fault)
                when (fault.ShutdownReason?.ReplyCode is Constants.NotFound or Constants.AccessRefused)
            {
                // Nobody has declared it yet, or it has gone with its last consumer.
            }
        }

        return figures;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _channel, null) is { } channel)
        {
            await channel.DisposeAsync();
        }
    }
}
