using System.Net.Sockets;
using RabbitMQ.Client;

namespace Mpp.Messaging.Broker;

/// <summary>
/// A connection to the broker on which sending never fails: what is sent after its end is lost, and the reading side
/// reports the end. AMQP promises no more than that for a send without its confirm.
/// </summary>
/// <remarks>
/// RabbitMQ.Client does not survive a failed send: its write loop ends, and the 128 places in front of it fill up. A
/// publisher that waits for a place holds a lock, and a consumer that acknowledges holds the dispatcher; the shutdown
/// of the connection waits for both. So nobody ever learns that the connection has ended (rabbitmq-dotnet-client#1930,
/// open at 7.2.2), and MassTransit keeps using it for ever. Therefore the write loop must go on.
/// </remarks>
internal sealed class BrokerSocket(Socket socket) : TcpClientAdapter(socket)
{
    /// <summary>
    /// Longer than the heartbeat takes to notice a silent peer: a send that takes longer has no peer any more.
    /// </summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(60);

    public static ITcpClient Create(AddressFamily family) =>
        new BrokerSocket(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });

    public override NetworkStream GetStream() => new Stream(Client);

    private sealed class Stream(Socket socket) : NetworkStream(socket)
    {
        private volatile bool _ended;

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_ended)
            {
                return;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(SendLimit);
            try
            {
                await base.WriteAsync(buffer, limit.Token);
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
                _ended = true;
                // So that the reading side learns of it too.
                Socket.Dispose();
            }
        }
    }
}
