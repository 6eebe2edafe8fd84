using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mpp.Local;

/// <summary>
/// Servers that somebody else runs (<c>--postgres</c>, <c>--rabbitmq</c>): checks at once whether they can be used,
/// before services fail to start.
/// </summary>
internal static class ExistingServers
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <exception cref="NpgsqlException">PostgreSQL cannot be used.</exception>
    /// <exception cref="LocalException">RabbitMQ cannot be used; the message says what to look at.</exception>
    public static async Task CheckAsync(LocalServersOptions options, CancellationToken cancellationToken)
    {
        if (options.Postgres is { } postgres)
        {
            await CheckPostgresAsync(postgres, cancellationToken);
        }
        if (options.RabbitMq is { } rabbitMq)
        {
            await CheckRabbitMqAsync(rabbitMq, cancellationToken);
        }
    }

    /// <summary>
    /// A broker of somebody else must know the services' users; only its administrator can make them.
    /// </summary>
    /// <exception cref="LocalException">It does not know one; the message says how to make them.</exception>
    public static async Task CheckUsersAsync(
        LocalServersOptions options, LocalServers servers, CancellationToken cancellationToken)
    {
        if (options.RabbitMq is not { } address)
        {
            return;
        }

        var users = BrokerUser.Of(MallService.All);
        var path = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        var definitions = servers.Data.In("broker-definitions.json");
        await File.WriteAllTextAsync(
            definitions,
            BrokerDefinitions.Write(path.Length == 0 ? "/" : path, users, servers.Data.Secrets),
            cancellationToken);
        foreach (var user in users)
        {
            try
            {
                await ConnectAsync(servers.BrokerUri(address, user.Name), cancellationToken);
            }
            catch (Exception e) when (IsRefusal(e))
            {
                throw new LocalException(
                    $"RabbitMQ at {address.Host}:{address.Port} does not know the user {user.Name} of this mall. Have "
                        + $"its administrator run `rabbitmqctl import_definitions {definitions}`, and start again.", e);
            }
        }
    }

    private static async Task CheckPostgresAsync(string connectionString, CancellationToken cancellationToken)
    {
        var unpooled =
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = (int)Limit.TotalSeconds };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellationToken);
    }

    private static async Task CheckRabbitMqAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(address, cancellationToken);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new LocalException(
                $"RabbitMQ at {address.Host}:{address.Port} cannot be used ({e.GetBaseException().Message}): is it "
                    + "running, and may the user of --rabbitmq log in to the virtual host?", e);
        }
    }

    private static async Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = address, RequestedConnectionTimeout = Limit };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        // A refused virtual host shows only here: the connection itself seems to be open.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken)
            .WaitAsync(Limit, cancellationToken);
    }

    private static bool IsRefusal(Exception fault) =>
        fault is BrokerUnreachableException or OperationInterruptedException or TimeoutException;
}
