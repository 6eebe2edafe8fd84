using Mpp.Local;
using Npgsql;

namespace Mpp.Load.Grown;

/// <summary>
/// Years of applications within minutes: what real ones have left in the databases, copied under ids and numbers of its
/// own. One of each in every table that keeps something of an application; inboxes and outboxes are emptied anyway.
/// </summary>
internal sealed class GrownData(LocalServers servers)
{
    /// <summary>So many regencies share the mall; the load's own is the first.</summary>
    public const int Regencies = 50;

    /// <summary>One copy of a slow application for so many of completed ones.</summary>
    private const int CompletedForOneSlow = 99;

    private const int AtOnce = 50_000;

    private int _added;

    /// <summary>Which copy is made of which application; the oldest was submitted two years ago.</summary>
    private const string Plan =
        """
        CREATE UNLOGGED TABLE grown AS
        WITH models AS (
            SELECT id, number, ended_at IS NOT NULL AS ended,
                row_number() OVER (PARTITION BY ended_at IS NOT NULL ORDER BY id) - 1 AS k,
                count(*) OVER (PARTITION BY ended_at IS NOT NULL) AS n
            FROM applications
        )
        SELECT i, m.id AS model, m.number AS model_number, m.ended,
            (lpad(to_hex((extract(epoch FROM now() - interval '2 years') * 1000)::bigint
                + i * (2 * 365 * 86400000::bigint / $1)), 12, '0') || '7' || substr(md5((i + $4)::text), 1, 3)
                || '8' || substr(md5((i + $4)::text), 4, 15))::uuid AS id,
            '7402-' || to_char(now() - interval '2 years' + i * interval '2 years' / $1, 'YYMMDD') || '-'
                || (SELECT string_agg(substr(
                    '23456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (floor((i + $4) / 30 ^ d)::bigint % 30)::int, 1), '')
                    FROM generate_series(0, 5) AS d) AS number,
            CASE i / ($3 + 1) % $2 WHEN 0 THEN '74.02'
                ELSE '73.' || lpad((i / ($3 + 1) % $2)::text, 2, '0') END AS region
        FROM generate_series(0, $1 - 1) AS i
        JOIN models m ON m.ended = (i % ($3 + 1) > 0) AND m.k = (i / ($3 + 1)) % m.n
        """;

    private static readonly (string Database, string Sql)[] Copies =
    [
        ("mpp_applications",
            """
            INSERT INTO applications (id, number, package, package_version, region, channel, client, status, worklist,
                sequence, state, submitted_at, updated_at, ended_at)
            SELECT g.id, g.number, package, package_version, g.region, channel, client, status, worklist, sequence,
                replace(replace(state::text, model::text, g.id::text), model_number, g.number)::jsonb,
                submitted_at, updated_at, ended_at
            FROM grown g JOIN applications a ON a.id = g.model WHERE g.i >= $1 AND g.i < $2
            """),
        ("mpp_applications",
            """
            INSERT INTO timeline (application_id, sequence, at, kind, data, span)
            SELECT g.id, sequence, at, kind, data, span
            FROM grown g JOIN timeline t ON t.application_id = g.model WHERE g.i >= $1 AND g.i < $2
            """),
        ("mpp_applications",
            """
            INSERT INTO personal_data (application_id, part, content)
            SELECT g.id, part, content
            FROM grown g JOIN personal_data p ON p.application_id = g.model WHERE g.i >= $1 AND g.i < $2
            """),
        ("mpp_applications",
            """
            INSERT INTO timers (owner_id, name, due_at, message_id, destination, content_type, headers, properties,
                body, traceparent)
            SELECT g.id, name, due_at, gen_random_uuid(), destination, content_type, headers, properties, body,
                traceparent
            FROM grown g JOIN timers t ON t.owner_id = g.model WHERE g.ended AND g.i >= $1 AND g.i < $2
            """),
        ("mpp_civil_registry", Steps),
        ("mpp_bpjs", Steps),
    ];

    private const string Steps =
        """
        INSERT INTO steps (application_id, step_id, attempt, service, application_number, region, received_at, due_at,
            state, answer_kind, answer, answered_at, channel, corrected, inputs)
        SELECT g.id, step_id, attempt, service, g.number, g.region, received_at, due_at, state, answer_kind, answer,
            answered_at, channel, corrected, inputs
        FROM grown g JOIN steps s ON s.application_id = g.model WHERE g.ended AND g.i >= $1 AND g.i < $2
        """;

    /// <summary>Copies what is there until so many are added.</summary>
    /// <param name="applications">How many.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    public async Task AddAsync(int applications, CancellationToken cancellationToken)
    {
        foreach (var database in Copies.Select(c => c.Database).Distinct(StringComparer.Ordinal))
        {
            await PlanAsync(database, applications, cancellationToken);
        }

        for (var from = 0; from < applications; from += AtOnce)
        {
            foreach (var (database, sql) in Copies)
            {
                await ExecuteAsync(database, sql, cancellationToken, from, Math.Min(applications, from + AtOnce));
            }
        }

        foreach (var database in Copies.Select(c => c.Database).Distinct(StringComparer.Ordinal))
        {
            await ExecuteAsync(database, "DROP TABLE grown", cancellationToken);
            await ExecuteAsync(database, "VACUUM (ANALYZE)", cancellationToken);
        }

        // What was written is on the disk before anything is measured.
        await ExecuteAsync(Copies[0].Database, "CHECKPOINT", cancellationToken);
    }

    /// <summary>Numbers of some that are there, in the load's own regency.</summary>
    public async Task<IReadOnlyList<string>> NumbersAsync(int count, CancellationToken cancellationToken)
    {
        await using var source = Open(Copies[0].Database);
        await using var command = source.CreateCommand(
            "SELECT number FROM applications WHERE region = '74.02' AND status = 'completed' "
            + "ORDER BY md5(number) LIMIT $1");
        command.Parameters.AddWithValue(count);
        var numbers = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            numbers.Add(reader.GetString(0));
        }

        return numbers;
    }

    /// <summary>The largest tables, with their indexes, in bytes.</summary>
    public async Task<IReadOnlyList<(string Table, long Rows, long Heap, long Indexes)>> SizesAsync(
        CancellationToken cancellationToken)
    {
        var sizes = new List<(string, long, long, long)>();
        foreach (var database in Copies.Select(c => c.Database).Distinct(StringComparer.Ordinal))
        {
            await using var source = Open(database);
            await using var command = source.CreateCommand(
                """
                SELECT relname, reltuples::bigint, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_total_relation_size(oid) > 1000000
                """);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                sizes.Add(($"{database["mpp_".Length..]}.{reader.GetString(0)}", reader.GetInt64(1),
                    reader.GetInt64(2), reader.GetInt64(3)));
            }
        }

        return [.. sizes.OrderByDescending(s => s.Item3 + s.Item4)];
    }

    /// <summary>Other databases have no models: the plan is the coordinator's, read from there.</summary>
    private async Task PlanAsync(string database, int applications, CancellationToken cancellationToken)
    {
        if (database == Copies[0].Database)
        {
            await ExecuteAsync(database, Plan, cancellationToken, applications, Regencies, CompletedForOneSlow, _added);
            _added += applications;
            return;
        }

        await ExecuteAsync(
            database,
            """
            CREATE UNLOGGED TABLE grown (
                i integer, model uuid, model_number text, ended boolean, id uuid, number text, region text)
            """, cancellationToken);
        await using var from = await Open(Copies[0].Database).OpenConnectionAsync(cancellationToken);
        await using var to = await Open(database).OpenConnectionAsync(cancellationToken);
        await using var read =
            await from.BeginRawBinaryCopyAsync("COPY grown TO STDOUT (FORMAT binary)", cancellationToken);
        await using var write =
            await to.BeginRawBinaryCopyAsync("COPY grown FROM STDIN (FORMAT binary)", cancellationToken);
        await read.CopyToAsync(write, cancellationToken);
    }

    private async Task ExecuteAsync(
        string database, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var source = Open(database);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlDataSource Open(string database) =>
        NpgsqlDataSource.Create(servers.AdministratorConnectionString(database));
}
