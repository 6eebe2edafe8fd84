using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Mpp.Operations.Projection;

/// <summary>
/// A change of an application as statements. Messages come in any order and more than once: where an application stands
/// is taken from the newest only, and an entry of its timeline is kept once.
/// </summary>
internal static class ChangeSql
{
    private const string Move =
        """
        WITH moved AS (
            INSERT INTO applications AS a (id, number, package, package_version, region, channel, status, sequence,
                submitted_at, updated_at, ended_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (id) DO UPDATE SET channel = EXCLUDED.channel, status = EXCLUDED.status,
                sequence = EXCLUDED.sequence, updated_at = EXCLUDED.updated_at, ended_at = EXCLUDED.ended_at
            WHERE a.sequence < EXCLUDED.sequence
            RETURNING id, region)
        INSERT INTO steps AS t (application_id, step, ordinal, service, agency, region, status, attempt, since, due_at,
            waits_for, waits_until, matters, acts, requirements, billing_code)
        SELECT moved.id, s.step, s.ordinal, s.service, s.agency, moved.region, s.status, s.attempt, s.since, s.due_at,
            s.waits_for, s.waits_until, s.matters, s.acts, s.requirements, s.billing_code
        FROM moved, jsonb_to_recordset($12) AS s(step text, ordinal int, service text, agency text, status text,
            attempt int, since timestamptz, due_at timestamptz, waits_for text, waits_until timestamptz,
            matters text[], acts text[], requirements text[], billing_code text)
        ON CONFLICT (application_id, step) DO UPDATE SET status = EXCLUDED.status, attempt = EXCLUDED.attempt,
            since = EXCLUDED.since, due_at = EXCLUDED.due_at, waits_for = EXCLUDED.waits_for,
            waits_until = EXCLUDED.waits_until, matters = EXCLUDED.matters, acts = EXCLUDED.acts,
            requirements = EXCLUDED.requirements, billing_code = EXCLUDED.billing_code
        WHERE (t.status, t.attempt, t.since, t.due_at, t.waits_for, t.waits_until, t.matters, t.acts,
                t.requirements, t.billing_code)
            IS DISTINCT FROM (EXCLUDED.status, EXCLUDED.attempt, EXCLUDED.since, EXCLUDED.due_at, EXCLUDED.waits_for,
                EXCLUDED.waits_until, EXCLUDED.matters, EXCLUDED.acts, EXCLUDED.requirements,
                EXCLUDED.billing_code)
        """;

    private const string Tell =
        """
        INSERT INTO entries (application_id, sequence, at, kind, step, attempt, service, region, package,
            submitted_at, ended, requirements, seconds_with_agency, late, trace)
        SELECT $1, e.sequence, e.at, e.kind, e.step, e.attempt, e.service, $2, $3, $4, e.ended, e.requirements,
            e.seconds, e.late, decode(coalesce(e.trace, $5), 'hex')
        FROM jsonb_to_recordset($6) AS e(sequence bigint, at timestamptz, kind text, step text, attempt int,
            service text, ended text, requirements text[], seconds double precision, late boolean, trace text)
        ON CONFLICT (application_id, sequence) DO NOTHING
        """;

    private static readonly JsonSerializerOptions Names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The statements of one message, in their order.</summary>
    /// <param name="change">A message that says when the application was filed; older programs did not.</param>
    /// <param name="trace">The trace that it came in, 32 hex digits.</param>
    public static IEnumerable<NpgsqlBatchCommand> Of(ApplicationChanged change, string? trace)
    {
        var submittedAt = change.SubmittedAt ?? throw new ArgumentException("It must say when.", nameof(change));
        var services = change.StepsInDetail.ToDictionary(s => s.Id, s => s.Service, StringComparer.Ordinal);
        yield return new NpgsqlBatchCommand(Move)
        {
            Parameters =
            {
                Value(change.ApplicationId), Value(change.ApplicationNumber.Value), Value(change.Package),
                Value(change.PackageVersion), Value(change.Region.Value), Value(change.Channel ?? ""),
                Value(Kebab.Of(change.Status)), Value(change.Sequence), Value(submittedAt.ToUniversalTime()),
                Value(change.At.ToUniversalTime()), Moment(change.EndedAt),
                Json(change.StepsInDetail.Select((s, ordinal) => new
                {
                    Step = s.Id,
                    Ordinal = ordinal,
                    s.Service,
                    Agency = AgencyOf(s.Service),
                    Status = Kebab.Of(s.Status),
                    s.Attempt,
                    s.Since,
                    s.DueAt,
                    WaitsFor = s.WaitsFor is { } party ? Kebab.Of(party) : null,
                    s.WaitsUntil,
                    s.Matters,
                    s.Acts,
                    s.Requirements,
                    s.BillingCode,
                })),
            },
        };
        if (change.Entries.Count > 0)
        {
            yield return new NpgsqlBatchCommand(Tell)
            {
                Parameters =
                {
                    Value(change.ApplicationId), Value(change.Region.Value), Value(change.Package),
                    Value(submittedAt.ToUniversalTime()),
                    new NpgsqlParameter { Value = (object?)trace ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                    Json(change.Entries.Select(e => new
                    {
                        e.Sequence,
                        e.At,
                        e.Kind,
                        e.Step,
                        e.Attempt,
                        Service = e.Step is { } step ? services.GetValueOrDefault(step) : null,
                        Ended = e.Ended is { } ended ? Kebab.Of(ended) : null,
                        e.Requirements,
                        Seconds = e.SecondsWithAgency,
                        e.Late,
                        Trace = e.TraceId,
                    })),
                },
            };
        }
    }

    /// <summary>The agency of a service, <c>agency/service</c>.</summary>
    public static string AgencyOf(string service) => service.Split('/')[0];

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter Moment(DateTimeOffset? moment) => new()
    {
        Value = moment is { } at ? at.ToUniversalTime() : DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.TimestampTz,
    };

    private static NpgsqlParameter Json<T>(IEnumerable<T> items) => new()
    {
        Value = JsonSerializer.Serialize(items, Names),
        NpgsqlDbType = NpgsqlDbType.Jsonb,
    };
}
