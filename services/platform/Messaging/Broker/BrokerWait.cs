using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Mpp.Messaging.Broker;

/// <summary>
/// Starts the bus as soon as the broker can be reached. MassTransit by itself tries after 3, 6, 12, 24, 30 s: where
/// broker and services come up together, that loses up to half a minute. HTTP is served meanwhile; after a minute the
/// bus is started anyway and tries by itself.
/// </summary>
internal sealed class BrokerWait(IConfiguration configuration, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var address = BrokerAddress.Parse(configuration.GetConnectionString(BrokerAddress.ConnectionString));
        var start = time.GetTimestamp();
        while (!await AnswersAsync(address, cancellationToken) && time.GetElapsedTime(start) < Limit)
        {
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The port opens before the broker is ready to talk. It is ready when it answers the protocol header; with TLS, a
    /// connection is taken as enough.
    /// </summary>
    internal static async Task<bool> AnswersAsync(BrokerAddress address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            if (address.Secure)
            {
                return true;
            }

            await client.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), limit.Token);
            return await client.GetStream().ReadAsync(new byte[1], limit.Token) == 1;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
