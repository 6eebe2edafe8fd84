using Mpp.Local;
using Npgsql;

namespace Mpp.Load;

/// <summary>
/// Looks into the services' databases from outside, as an administrator: costs the mall next to nothing.
/// </summary>
internal sealed class MallProbe : IAsyncDisposable
{
    private static readonly string[] WithOutbox = ["mpp_applications", "mpp_civil_registry", "mpp_police", "mpp_bpjs",
        "mpp_health", "mpp_licensing", "mpp_payments"];

    private readonly Dictionary<string, NpgsqlDataSource> _sources;

    public MallProbe(LocalServers servers) =>
        _sources = WithOutbox.ToDictionary(name => name,
            name => NpgsqlDataSource.Create(servers.AdministratorConnectionString(name)), StringComparer.Ordinal);

    private NpgsqlDataSource Applications => _sources[WithOutbox[0]];

    /// <summary>
    /// The age of the oldest message that waits in any outbox, in milliseconds; 0 when all are empty.
    /// </summary>
    public async Task<double> OldestOutboxMillisecondsAsync(CancellationToken cancellationToken)
    {
        var ages = await Task.WhenAll(_sources.Values.Select(source =>
            ScalarAsync<double>(source, "SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - "
                + "created_at) * 1000 FROM outbox ORDER BY id LIMIT 1), 0)::float8", cancellationToken)));
        return Math.Max(0, ages.Max());
    }

    /// <summary>Messages that ever entered an outbox, all services together.</summary>
    public async Task<long> MessagesSentAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(_sources.Values.Select(source =>
            ScalarAsync<long>(source, "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', "
                + "'id')), 0)", cancellationToken)))).Sum();

    public Task<long> UnfinishedAsync(CancellationToken cancellationToken) =>
        ScalarAsync<long>(Applications, "SELECT count(*) FROM applications WHERE ended_at IS NULL", cancellationToken);

    /// <summary>The id of the application that was submitted last: ids are in the order of time.</summary>
    public Task<Guid> LatestAsync(CancellationToken cancellationToken) =>
        ScalarAsync<Guid>(Applications, "SELECT id FROM applications ORDER BY id DESC LIMIT 1", cancellationToken);

    /// <summary>How many of those submitted later have not ended.</summary>
    public async Task<long> UnfinishedAfterAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command =
            Applications.CreateCommand("SELECT count(*) FROM applications WHERE id > $1 AND ended_at IS NULL");
        command.Parameters.AddWithValue(id);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How many applications are on the operators' worklist.</summary>
    public Task<long> OnWorklistAsync(CancellationToken cancellationToken) =>
        ScalarAsync<long>(Applications, "SELECT count(*) FROM applications WHERE worklist > 0", cancellationToken);

    /// <summary>
    /// Submission to end, in milliseconds, of every completed application submitted since a moment, with the moment of
    /// its end.
    /// </summary>
    public async Task<IReadOnlyList<(DateTime EndedAt, double Milliseconds)>> CompletedSinceAsync(
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = Applications.CreateCommand(
            "SELECT ended_at, (extract(epoch FROM ended_at - submitted_at) * 1000)::float8 "
                + "FROM applications WHERE submitted_at >= $1 AND status = 'completed'");
        command.Parameters.AddWithValue(since.UtcDateTime);
        var completed = new List<(DateTime, double)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            completed.Add((reader.GetDateTime(0), reader.GetDouble(1)));
        }

        return completed;
    }

    public async Task<string> StatusesAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = Applications.CreateCommand(
            "SELECT string_agg(status || ' ' || n, ', ') FROM (SELECT status, "
                + "count(*) AS n FROM applications WHERE submitted_at >= $1 GROUP BY status) AS s");
        command.Parameters.AddWithValue(since.UtcDateTime);
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "none";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private static async Task<T> ScalarAsync<T>(
        NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
