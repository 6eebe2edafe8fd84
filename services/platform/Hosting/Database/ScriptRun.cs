using System.Diagnostics.CodeAnalysis;
using Mpp.Hosting.Start;

namespace Mpp.Hosting.Database;

/// <summary>Brings the libraries' tables up to date, and refuses a database that does not fit the program.</summary>
internal static class ScriptRun
{
    /// <summary>Copies that start together wait here for each other; the lock ends with its transaction.</summary>
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtext('schema_scripts'))";

    private const string Table =
        """
        CREATE TABLE IF NOT EXISTS schema_scripts (
            library text NOT NULL,
            number integer NOT NULL,
            sha256 char(64) NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT pk_schema_scripts PRIMARY KEY (library, number))
        """;

    private const string Applied = "SELECT number, sha256 FROM schema_scripts WHERE library = $1";

    private const string Record = "INSERT INTO schema_scripts (library, number, sha256) VALUES ($1, $2, $3)";

    /// <summary>Applies what is missing, each script in its own transaction; returns the names of those.</summary>
    /// <exception cref="StartException">The database does not fit.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(
        NpgsqlDataSource database, IEnumerable<DatabaseScripts> libraries, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var library in libraries)
        {
            while (await ApplyNextAsync(database, library, cancellationToken) is { } script)
            {
                names.Add(Name(library, script.Number));
            }
        }

        return names;
    }

    /// <summary>Checks that this program can work with the database as it is.</summary>
    /// <exception cref="StartException">The database does not fit, or a script is missing.</exception>
    public static async Task CheckAsync(
        NpgsqlDataSource database, IEnumerable<DatabaseScripts> libraries, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (var library in libraries)
        {
            if (await NextAsync(connection, library, cancellationToken) is { } missing)
            {
                throw new StartException(
                    $"the database lacks {Name(library, missing.Number)}. Run its verb migrate first.");
            }
        }
    }

    private static async Task<DatabaseScript?> ApplyNextAsync(
        NpgsqlDataSource database, DatabaseScripts library, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, Lock, cancellationToken);
        await ExecuteAsync(connection, Table, cancellationToken);
        if (await NextAsync(connection, library, cancellationToken) is not { } next)
        {
            return null;
        }

        await ExecuteAsync(connection, next.Sql, cancellationToken);
        await ExecuteAsync(connection, Record, cancellationToken, library.Library, next.Number, next.Sha256);
        await transaction.CommitAsync(cancellationToken);
        return next;
    }

    /// <summary>The first script that the database lacks; <see langword="null"/> when it has them all.</summary>
    private static async Task<DatabaseScript?> NextAsync(
        NpgsqlConnection connection, DatabaseScripts library, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(connection, library, cancellationToken);
        var newest = library.Scripts.Max(script => script.Number);
        if (applied.Keys.Append(0).Max() is var theirs && theirs > newest)
        {
            throw new StartException(
                $"the database is newer than this program: it has {Name(library, theirs)}, "
                + $"the program ends with {newest:D3}. Start the newer program.");
        }

        if (library.Scripts.FirstOrDefault(script =>
            applied.TryGetValue(script.Number, out var sha256) && sha256 != script.Sha256) is { } changed)
        {
            throw new StartException(
                $"{Name(library, changed.Number)} is not the script that was applied to the database. "
                + "An applied script never changes: restore it, and write the change as the next number.");
        }

        return library.Scripts.FirstOrDefault(script => !applied.ContainsKey(script.Number));
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(
        NpgsqlConnection connection, DatabaseScripts library, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, string>();
        try
        {
            await using var command = Command(connection, Applied, library.Library);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                applied.Add(reader.GetInt32(0), reader.GetString(1));
            }
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            // Nothing was ever applied.
        }

        return applied;
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [SuppressMessage("Security", "CA2100", Justification = "The SQL is a part of the program.")]
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        // No limit: a change to a big table may take long, and so may the wait for another copy that makes it.
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static string Name(DatabaseScripts library, int number) => $"{library.Library} {number:D3}";
}
