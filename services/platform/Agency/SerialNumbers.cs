using Npgsql;

namespace Mpp.Agency;

/// <summary>
/// Consecutive numbers of a register, from 1, unique over all copies of the service. A number belongs to its step from
/// the moment it is taken: a step that is rolled back and done again has the same one, and nobody else ever gets it. So
/// there is a gap only for a step that took a number and never issued; the table <c>step_numbers</c> says which. Where
/// gaps need no account, <see cref="DocumentNumbers"/> cost less.
/// </summary>
/// <remarks>
/// Numbers are taken in a transaction of their own: no other step waits for the end of this one's. It does not wait for
/// the disk either. What a number is used for is committed after it and takes it along to the disk; when the server
/// dies before that, nobody has seen the number, and it is given out again.
/// </remarks>
public sealed class SerialNumbers(NpgsqlDataSource database)
{
    private const string Take =
        """
        WITH known AS (
            SELECT number FROM step_numbers WHERE application_id = $2 AND step_id = $3 AND series = $1
        ), next AS (
            INSERT INTO number_series AS s (series, last) SELECT $1, 1 WHERE NOT EXISTS (SELECT FROM known)
            ON CONFLICT (series) DO UPDATE SET last = s.last + 1
            RETURNING last
        ), taken AS (
            INSERT INTO step_numbers (application_id, step_id, series, number) SELECT $2, $3, $1, last FROM next
            RETURNING number
        )
        SELECT number, set_config('synchronous_commit', 'off', true)
        FROM (SELECT number FROM known UNION ALL SELECT number FROM taken) AS numbers
        """;

    /// <summary>The step's number in a series: the next one, or the one that it has already.</summary>
    /// <param name="series">The series, for example <c>skck/7402-res-konawe/2026-11</c>.</param>
    /// <param name="step">The step; all its attempts have one number.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<int> TakeAsync(string series, StepRef step, CancellationToken cancellationToken)
    {
        try
        {
            return await TakeOnceAsync(series, step, cancellationToken);
        }
        catch (PostgresException twice) when (twice.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another copy of the same step was here at the same moment, and has taken the number.
            return await TakeOnceAsync(series, step, cancellationToken);
        }
    }

    private async Task<int> TakeOnceAsync(string series, StepRef step, CancellationToken cancellationToken)
    {
        await using var take = database.CreateCommand(Take);
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = series });
        take.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = step.ApplicationId });
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = step.StepId });
        return (int)(await take.ExecuteScalarAsync(cancellationToken))!;
    }
}
