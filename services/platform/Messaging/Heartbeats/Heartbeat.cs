using System.Text.Json;
using MassTransit.Serialization;
using Mpp.Contracts.Operations;
using Mpp.Messaging.Broker;
using RabbitMQ.Client;

namespace Mpp.Messaging.Heartbeats;

/// <summary>
/// Says every few seconds that the process lives and how its messages stand, to whoever listens. It goes past the
/// outbox, over a channel of its own, and waits for nobody: what cannot be told now is not told, and the silence says
/// the rest.
/// </summary>
internal sealed partial class Heartbeat(
    SideConnection broker, BrokerAddress address, Condition condition, OwnQueues queues,
    IOptions<MessagingOptions> options, ILogger<Heartbeat> logger) : BackgroundService
{
    public const string ContentType = "application/vnd.masstransit+json";

    private static readonly string[] Types = [MessageUrn.ForTypeString<ServiceHeartbeat>()];

    /// <summary>The machine's clock: a sandbox that skips days has processes that live seconds.</summary>
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly string _exchange = ExchangeNames.Of(typeof(ServiceHeartbeat));
    private readonly DateTimeOffset _startedAt = Clock.GetUtcNow();
    private readonly Guid _process = Guid.CreateVersion7();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        IChannel? channel = null;
        using var timer = new PeriodicTimer(options.Value.HeartbeatInterval, Clock);
        try
        {
            do
            {
                // A parent that is not recorded: what a health check asks the database makes no trace.
                using var unrecorded = new Activity("heartbeat").SetIdFormat(ActivityIdFormat.W3C).Start();
                try
                {
                    if (channel is not { IsOpen: true })
                    {
                        await EndAsync(channel);
                        channel = await broker.OpenAsync(confirms: false, stoppingToken);
                    }

                    await SendAsync(channel, await TakeAsync(stoppingToken), stoppingToken);
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    NotSent(logger, fault.GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await EndAsync(channel);
        }
    }

    internal async Task<ServiceHeartbeat> TakeAsync(CancellationToken cancellationToken)
    {
        var failing = condition.FailingAsync(cancellationToken);
        var figures = await queues.ReadAsync(cancellationToken);
        return new ServiceHeartbeat
        {
            Service = address.User,
            Process = _process,
            Version = Condition.Version,
            StartedAt = _startedAt,
            At = Clock.GetUtcNow(),
            IntervalSeconds = (int)Math.Ceiling(options.Value.HeartbeatInterval.TotalSeconds),
            Failing = await failing,
            Outbox = condition.Outbox(),
            Queues = figures,
        };
    }

    private async Task SendAsync(IChannel channel, ServiceHeartbeat beat, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { MessageId = id, MessageType = Types, Message = beat, SentTime = beat.At },
            SystemTextJsonMessageSerializer.Options);
        var properties = new BasicProperties
        {
            MessageId = id.ToString(),
            ContentType = ContentType,
            UserId = address.User,
            DeliveryMode = DeliveryModes.Transient,
        };
        await channel.BasicPublishAsync(_exchange, "", mandatory: false, properties, body, cancellationToken);
    }

    private static async Task EndAsync(IChannel? channel)
    {
        if (channel is not null)
        {
            await channel.DisposeAsync();
        }
    }

    [LoggerMessage(EventId = 50, Level = LogLevel.Debug, Message = "No heartbeat was sent ({Fault}).")]
    private static partial void NotSent(ILogger logger, string fault);
}
