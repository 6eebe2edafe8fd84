using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mpp.Messaging.Relay;

namespace Mpp.Messaging.Broker;

/// <summary>
/// Ends the process when its connection to the broker does not come back although the broker answers, so that whatever supervises it starts
/// it anew. Nothing is lost by that: what matters is in the database.
/// </summary>
/// <remarks>
/// Seen when a broker dies while a service sends and receives a few hundred messages a second: RabbitMQ.Client 7 does not finish
/// reporting the end of the connection to everybody (a relative of rabbitmq-dotnet-client#1930), so MassTransit keeps to the dead one for
/// ever, for receiving or for sending. From outside there is no way to get rid of it but to end the process.
/// </remarks>
internal sealed partial class BrokerWatch(IBusControl bus, RelayPulse relay, IConfiguration configuration, TimeProvider clock, ILogger<BrokerWatch> logger) : BackgroundService
{
    /// <summary>EX_TEMPFAIL of sysexits.h: try again.</summary>
    private const int TryAgain = 75;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>MassTransit pauses up to 30 s between its tries, and a try takes a few.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var address = BrokerAddress.Parse(configuration.GetConnectionString("RabbitMq"));
        using var timer = new PeriodicTimer(Interval, clock);
        var wellAt = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isWell = bus.CheckHealth().Status == BusHealthStatus.Healthy && !relay.IsFailing;
            if (isWell || !await BrokerWait.AnswersAsync(address, stoppingToken))
            {
                wellAt = clock.GetTimestamp();
            }
            else if (clock.GetElapsedTime(wellAt) > Limit)
            {
                Stuck(logger, Limit);
                // The log is written by a thread of its own, which Exit does not wait for.
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, CancellationToken.None);
                Environment.Exit(TryAgain);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "The broker has answered for {Limit}, and the connection to it does not come back: the process ends to be started anew.")]
    private static partial void Stuck(ILogger logger, TimeSpan limit);
}
