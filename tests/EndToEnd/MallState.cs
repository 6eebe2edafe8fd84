using System.Globalization;
using System.Text;
using Mpp.Local;
using Npgsql;
using RabbitMQ.Client;

namespace Mpp.EndToEnd;

/// <summary>Where messages stand, for the message of a test that waits in vain.</summary>
internal static class MallState
{
    private static readonly string[] Services =
        ["applications", "civil-registry", "police", "bpjs", "health", "licensing", "payments"];

    public static async Task<string> DescribeAsync(Mall mall)
    {
        var text = new StringBuilder();
        foreach (var service in Services)
        {
            await using var connection = new NpgsqlConnection(
                mall.Servers.AdministratorConnectionString($"mpp_{service.Replace('-', '_')}"));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT (SELECT count(*) FROM outbox), "
                + "(SELECT count(*) FROM outbox_retry), (SELECT count(*) FROM outbox_dead)", connection);
            await using var counts = await command.ExecuteReaderAsync();
            await counts.ReadAsync();
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{service}: restarts {mall.RestartsOf(service)}, "
                + $"outbox {counts[0]}, retry {counts[1]}, dead {counts[2]}");
        }
        var factory = new ConnectionFactory { Uri = mall.Servers.RabbitMqUri };
        await using var broker = await factory.CreateConnectionAsync();
        foreach (var queue in Services.SelectMany(
            service => new[] { service, service + "_error", service + "_skipped" }))
        {
            // A queue that is missing closes the channel.
            await using var channel = await broker.CreateChannelAsync();
            try
            {
                var state = await channel.QueueDeclarePassiveAsync(queue);
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"queue {queue}: {state.MessageCount} ready, {state.ConsumerCount} consumers");
            }
            catch (Exception e) when (e is RabbitMQ.Client.Exceptions.OperationInterruptedException
                or OperationCanceledException or TimeoutException)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"queue {queue}: {e.Message}");
            }
        }
        return text.ToString();
    }
}
