using Mpp.Local;
using Xunit;

namespace Mpp.Support;

/// <summary>
/// The servers of this test process: started by the first class that asks for them, shared by all, ended with the
/// process. Use it as <c>IClassFixture&lt;ServersFixture&gt;</c>, and take a database and a virtual host of one's own
/// from it.
/// </summary>
public sealed class ServersFixture : IAsyncLifetime
{
    private static readonly Lock Gate = new();

    private static Task<LocalServers>? _shared;
    private static int _names;

    private LocalServers? _servers;

    /// <summary>
    /// PostgreSQL and RabbitMQ. Do not stop them: other tests of the process are using them; see
    /// <see cref="StartOwnAsync"/>.
    /// </summary>
    public LocalServers Servers => _servers ?? throw new InvalidOperationException("The fixture is not initialised.");

    /// <summary>A new database, with a role of its own; the connection string for it.</summary>
    /// <param name="prefix">What its name begins with: lower-case letters, digits and _.</param>
    public Task<string> CreateDatabaseAsync(string prefix = "test") => Servers.CreateDatabaseAsync(NewName(prefix));

    /// <summary>A new virtual host of RabbitMQ, so that queues of the same name do not meet; its address.</summary>
    /// <param name="prefix">What its name begins with: lower-case letters, digits and _.</param>
    /// <param name="agencies">Agencies beside those of the mall, each a user.</param>
    public Task<Uri> CreateVirtualHostAsync(string prefix = "test", params string[] agencies) =>
        Servers.CreateVirtualHostAsync(NewName(prefix), agencies);

    /// <summary>Servers for a test that stops or kills them. Dispose them at the end.</summary>
    public static async Task<LocalServers> StartOwnAsync()
    {
        await TestMachine.TakeAsync();
        return await LocalServers.StartAsync(LocalServersOptions.ForTests());
    }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        lock (Gate)
        {
            _shared ??= StartAsync();
        }
        _servers = await _shared;
    }

    /// <inheritdoc />
    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<LocalServers> StartAsync()
    {
        var servers = await StartOwnAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(servers);
        return servers;
    }

    // The process waits for its exit handlers and for nothing else. Were it killed, the servers would end with it all
    // the same.
    private static void Stop(LocalServers servers)
    {
        using var stopped = new ManualResetEventSlim();
        _ = Task.Run(async () =>
        {
            await servers.DisposeAsync();
            stopped.Set();
        });
        stopped.Wait(TimeSpan.FromSeconds(20));
    }

    private static string NewName(string prefix) => $"{prefix}_{Interlocked.Increment(ref _names)}";
}
