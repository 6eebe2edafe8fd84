using Mpp.Local;
using Npgsql;

namespace Mpp.Load.Measuring;

/// <summary>
/// Where a side keeps what is measured. The first database is the coordinator's: its table <c>applications</c> has
/// <c>status</c>, <c>submitted_at</c> and <c>ended_at</c>.
/// </summary>
/// <param name="Databases">The databases through which messages go.</param>
/// <param name="OldestMessage">SQL: the age of the oldest message that waits in a database, in milliseconds.</param>
/// <param name="MessagesSent">SQL: how many messages a database has sent so far.</param>
internal sealed record ProbedTables(IReadOnlyList<string> Databases, string OldestMessage, string MessagesSent);

/// <summary>
/// Looks into a side's databases from outside, as an administrator: costs the side next to nothing.
/// </summary>
internal sealed class Probe : IAsyncDisposable
{
    private readonly ProbedTables _tables;
    private readonly Dictionary<string, NpgsqlDataSource> _sources;
    private long _asked;

    public Probe(LocalServers servers, ProbedTables tables)
    {
        _tables = tables;
        _sources = tables.Databases.ToDictionary(name => name,
            name => NpgsqlDataSource.Create(servers.AdministratorConnectionString(name)), StringComparer.Ordinal);
    }

    private NpgsqlDataSource Applications => _sources[_tables.Databases[0]];

    /// <summary>
    /// The age of the oldest message that waits in any database, in milliseconds; 0 when none waits.
    /// </summary>
    public async Task<double> OldestMessageMillisecondsAsync(CancellationToken cancellationToken)
    {
        var ages = await Task.WhenAll(_sources.Values.Select(source =>
            ScalarAsync<double>(source, _tables.OldestMessage, cancellationToken)));
        return Math.Max(0, ages.Max());
    }

    /// <summary>Messages sent so far, all databases together.</summary>
    public async Task<long> MessagesSentAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(_sources.Values.Select(source =>
            ScalarAsync<long>(source, _tables.MessagesSent, cancellationToken)))).Sum();

    /// <summary>
    /// Commits of the whole server so far, without the probe's own. A session reports them once a second at most, so
    /// those of the last second may be missing.
    /// </summary>
    public async Task<long> CommitsAsync(CancellationToken cancellationToken)
    {
        var commits = await ScalarAsync<long>(
            Applications, "SELECT sum(xact_commit)::bigint FROM pg_stat_database", cancellationToken);
        return commits - Interlocked.Read(ref _asked);
    }

    /// <summary>Bytes that the server has written into its log so far.</summary>
    public Task<long> WalBytesAsync(CancellationToken cancellationToken) => ScalarAsync<long>(
        Applications, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint", cancellationToken);

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

    private async Task<T> ScalarAsync<T>(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
