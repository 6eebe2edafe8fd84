using RabbitMQ.Client;

namespace Mpp.Messaging.Broker;

/// <summary>
/// A connection to the broker beside that of the bus, for what must not touch the service's messages: on a channel the
/// broker answers a refusal by closing it, and everything else on its way over that channel fails too. It is opened
/// when it is first needed, and anew after it has ended.
/// </summary>
internal sealed class SideConnection(BrokerAddress address) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private IConnection? _connection;

    /// <summary>A channel of the caller's own; the caller closes it.</summary>
    /// <param name="confirms">Whether a publication on it waits for the broker's confirm.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Exception">The broker is away: see <see cref="BrokerFaults.IsOutage"/>.</exception>
    public async Task<IChannel> OpenAsync(bool confirms, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        return await connection.CreateChannelAsync(
            new CreateChannelOptions(confirms, publisherConfirmationTrackingEnabled: confirms), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _opening.Dispose();
        await EndAsync();
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true } open)
            {
                return open;
            }

            await EndAsync();
            return _connection = await Factory().CreateConnectionAsync(cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    private ConnectionFactory Factory() => new()
    {
        HostName = address.Host,
        Port = address.Port,
        VirtualHost = address.VirtualHost,
        UserName = address.User,
        Password = address.Password,
        ClientProvidedName = $"{address.User} operations",
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = Limit,
        HandshakeContinuationTimeout = Limit,
        ContinuationTimeout = Limit,
        RequestedHeartbeat = TimeSpan.FromSeconds(15),
        SocketFactory = BrokerSocket.Create,
        Ssl = new SslOption(address.Host, enabled: address.Secure),
    };

    private async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } ended)
        {
            await ended.AbortAsync(Constants.ReplySuccess, "The service closes it.", Limit);
            await ended.DisposeAsync();
        }
    }
}
