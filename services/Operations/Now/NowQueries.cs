using System.Text.Json;
using Mpp.Operations.Data;
using Npgsql;
using NpgsqlTypes;

namespace Mpp.Operations.Now;

/// <summary>Reads what <see cref="NowFigures"/> has, in one round trip.</summary>
internal sealed class NowQueries(NpgsqlDataSource database, TimeProvider time)
{
    private const int MostStuck = 25;

    public async Task<NowFigures> ReadAsync(CallerRegion caller, CancellationToken cancellationToken)
    {
        var now = time.Now();
        await using var batch = database.CreateBatch();
        Add("""
            SELECT m, (SELECT count(*) FROM applications a
                    WHERE {region} AND a.submitted_at >= m AND a.submitted_at < m + interval '1 minute')::int,
                (SELECT count(*) FROM applications a
                    WHERE {region} AND a.ended_at >= m AND a.ended_at < m + interval '1 minute')::int
            FROM generate_series(date_trunc('minute', {now}::timestamptz) - interval '59 minutes',
                date_trunc('minute', {now}::timestamptz), interval '1 minute') AS m ORDER BY m
            """);
        Add("""
            SELECT a.status, count(*) FROM applications a WHERE {region}
                AND a.status IN ('submitted', 'in-progress', 'awaiting-applicant', 'cancelling') GROUP BY a.status
            """);
        Add("""
            SELECT a.agency, count(*) FILTER (WHERE a.waits_for = 'agency'),
                min(a.since) FILTER (WHERE a.waits_for = 'agency'), count(*) FILTER (WHERE 'stalled' = ANY(a.matters))
            FROM steps a WHERE {region} AND a.waits_for IS NOT NULL GROUP BY a.agency ORDER BY a.agency
            """);
        Add("""
            SELECT count(*) FILTER (WHERE 'overdue' = ANY(a.matters)),
                count(*) FILTER (WHERE 'due-soon' = ANY(a.matters)),
                count(*) FILTER (WHERE a.due_at IS NOT NULL AND a.waits_for = 'agency'
                    AND NOT a.matters && ARRAY['overdue', 'due-soon'])
            FROM steps a WHERE {region} AND a.waits_for IS NOT NULL
            """);
        Add($$"""
            SELECT p.number, a.region, p.package, a.step, a.service, a.status, a.since, a.due_at, a.waits_for,
                a.matters, count(*) OVER ()
            FROM steps a JOIN applications p ON p.id = a.application_id
            WHERE {region} AND a.matters <> '{}' AND a.matters <> '{due-soon}' ORDER BY a.since LIMIT {{MostStuck}}
            """);
        Add("""
            SELECT p.number, a.step, count(*), max(a.at) FROM entries a JOIN applications p ON p.id = a.application_id
            WHERE {region} AND a.kind = 'step-retried' AND a.at > {now}::timestamptz - interval '24 hours'
            GROUP BY p.number, a.step ORDER BY count(*) DESC, max(a.at) DESC LIMIT 10
            """);
        // Processes are the mall's, not a region's. An ended one is shown for as long as it tells something.
        Add("""
            SELECT service, process, version, started_at, sent_at, received_at, interval_seconds, failing,
                outbox_oldest_seconds, outbox_pending, outbox_retrying, outbox_dead, timers_overdue, queues
            FROM processes WHERE received_at > now() - interval '1 hour' ORDER BY service, started_at
            """);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var flow = await RowsAsync(r => new FlowMinute(At(r, 0), r.GetInt32(1), r.GetInt32(2)));
        var open = await RowsAsync(r => (Kebab.Values<ApplicationStatus>()[r.GetString(0)], r.GetInt64(1)));
        var agencies = await RowsAsync(
            r => new AgencyWork(r.GetString(0), r.GetInt64(1), Maybe(r, 2), r.GetInt64(3)));
        var deadlines = await RowsAsync(r => new Deadlines(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)));
        var inAll = 0L;
        var stuck = await RowsAsync(r =>
        {
            inAll = r.GetInt64(10);
            return new StuckStep(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4),
                Kebab.Values<StepStatus>()[r.GetString(5)], At(r, 6), Maybe(r, 7),
                r.IsDBNull(8) ? null : Kebab.Values<Party>()[r.GetString(8)], r.GetFieldValue<string[]>(9));
        });
        var retries = await RowsAsync(r => new RetriedStep(r.GetString(0), r.GetString(1), r.GetInt64(2), At(r, 3)));
        var processes = await RowsAsync(Process);
        return new NowFigures(flow, open.ToDictionary(s => s.Item1, s => s.Item2), agencies, deadlines[0], stuck,
            inAll, retries, processes);

        void Add(string sql)
        {
            var command = new NpgsqlBatchCommand();
            command.CommandText = sql
                .Replace("{region}", Within.Sql(caller, "a.region", command.Parameters), StringComparison.Ordinal);
            if (sql.Contains("{now}", StringComparison.Ordinal))
            {
                command.Parameters.Add(new NpgsqlParameter { Value = now, NpgsqlDbType = NpgsqlDbType.TimestampTz });
                command.CommandText = command.CommandText.Replace(
                    "{now}", string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}"),
                    StringComparison.Ordinal);
            }

            batch.BatchCommands.Add(command);
        }

        async Task<List<T>> RowsAsync<T>(Func<NpgsqlDataReader, T> read)
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            await reader.NextResultAsync(cancellationToken);
            return rows;
        }
    }

    private static ProcessBeat Process(NpgsqlDataReader r) => new(
        r.GetString(0), r.GetGuid(1), r.GetString(2), At(r, 3), At(r, 4), At(r, 5), r.GetInt32(6),
        r.GetFieldValue<string[]>(7), r.IsDBNull(8) ? null : r.GetDouble(8), r.GetInt64(9), r.GetInt64(10),
        r.GetInt64(11), r.GetInt64(12),
        JsonSerializer.Deserialize<List<QueueBeat>>(r.GetString(13), JsonSerializerOptions.Web) ?? []);

    private static DateTimeOffset At(NpgsqlDataReader reader, int column) =>
        reader.GetFieldValue<DateTimeOffset>(column);

    private static DateTimeOffset? Maybe(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : At(reader, column);
}
