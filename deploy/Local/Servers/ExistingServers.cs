using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mpp.Local;

/// <summary>
/// Servers that somebody else runs (<c>--postgres</c>, <c>--rabbitmq</c>): whether they can be used is said at once,
/// not by services that cannot start.
/// </summary>
internal static class ExistingServers
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <exception cref="NpgsqlException">PostgreSQL cannot be used.</exception>
    /// <exception cref="LocalException">RabbitMQ cannot be used, and what to look at.</exception>
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
            var factory = new ConnectionFactory { Uri = address, RequestedConnectionTimeout = Limit };
            await using var connection = await factory.CreateConnectionAsync(cancellationToken);
            // A virtual host that is refused shows here; the connection seems to be open.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken)
                .WaitAsync(Limit, cancellationToken);
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or TimeoutException)
        {
            throw new LocalException(
                $"RabbitMQ at {address.Host}:{address.Port} cannot be used ({e.GetBaseException().Message}): is it "
                    + "running, and may the user of --rabbitmq log in to the virtual host?", e);
        }
    }
}
