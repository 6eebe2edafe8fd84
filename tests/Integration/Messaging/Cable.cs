using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Mpp.Integration.Messaging;

/// <summary>
/// A TCP connection that a test can cut or make deaf: to a server, a client behind a cut cable is a process that was
/// killed, and one whose answers are swallowed is a process that dies before it has read them.
/// </summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _ends = [];
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private volatile bool _cut;
    private volatile bool _deaf;
    private volatile bool _stalled;

    public Cable(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static (Cable Cable, string ConnectionString) ToPostgres(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var cable = new Cable(target.Host!, target.Port);
        target.Host = "127.0.0.1";
        target.Port = cable.Port;
        target.Timeout = 3;
        return (cable, target.ConnectionString);
    }

    public static (Cable Cable, Uri Address) ToRabbitMq(Uri address)
    {
        var cable = new Cable(address.Host, address.Port);
        return (cable, new UriBuilder(address) { Host = "127.0.0.1", Port = cable.Port }.Uri);
    }

    /// <summary>The server's answers no longer arrive; what the client sends still does.</summary>
    public void SwallowAnswers() => _deaf = true;

    /// <summary>What the client sends is no longer taken: its buffers fill up.</summary>
    public void Stall() => _stalled = true;

    /// <summary>Everything breaks, and nothing connects again.</summary>
    public void Cut()
    {
        _cut = true;
        lock (_ends)
        {
            foreach (var end in _ends)
            {
                try
                {
                    // A reset, as from a process that is gone, and no farewell.
                    end.Client?.LingerState = new LingerOption(true, 0);
                }
                catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
                {
                    // Its other end was cut a moment ago, and it is being closed for that.
                }

                end.Dispose();
            }

            _ends.Clear();
        }
    }

    /// <summary>Connections go through again.</summary>
    public void Restore() => (_cut, _deaf, _stalled) = (false, false, false);

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                lock (_ends)
                {
                    if (_cut)
                    {
                        return;
                    }

                    _ends.Add(client);
                    _ends.Add(server);
                }

                client.NoDelay = server.NoDelay = true;
                await server.ConnectAsync(_host, _port);
                await Task.WhenAny(PumpAsync(client, server, () => false, () => _stalled),
                    PumpAsync(server, client, () => _deaf, () => false));
            }
            catch (Exception broken)
                when (broken is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
            {
            }
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to, Func<bool> swallow, Func<bool> stall)
    {
        try
        {
            var (source, target, buffer) = (from.GetStream(), to.GetStream(), new byte[64 * 1024]);
            for (int read; (read = await source.ReadAsync(buffer)) > 0;)
            {
                while (stall() && from.Connected)
                {
                    await Task.Delay(20);
                }

                if (!swallow())
                {
                    await target.WriteAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception broken)
            when (broken is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
        }
    }
}
