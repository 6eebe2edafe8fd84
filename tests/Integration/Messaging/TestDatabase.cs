using Microsoft.EntityFrameworkCore;
using Mpp.Hosting.Database;
using Mpp.Messaging;
using Npgsql;

namespace Mpp.Integration.Messaging;

/// <summary>
/// A database with the tables of <see cref="TestDbContext"/>, and eyes on it that do not go through the code under
/// test.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private TestDatabase(string connectionString) =>
        (ConnectionString, _source) = (connectionString, NpgsqlDataSource.Create(connectionString));

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(MessagingServers servers) =>
        await CreateAsync(await servers.CreateDatabaseAsync());

    public static async Task<TestDatabase> CreateAsync(string address)
    {
        await using (var context = new TestDbContext(new DbContextOptionsBuilder<TestDbContext>().UseNpgsql(address)
            .UseSnakeCaseNamingConvention().Options))
        {
            await context.Database.EnsureCreatedAsync();
        }

        var database = new TestDatabase(address);
        await ScriptRun.ApplyAsync(database._source, [MessagingExtensions.Scripts], CancellationToken.None);
        return database;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<List<T>> ListAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await reader.ReadAsync())
        {
            list.Add(reader.GetFieldValue<T>(0));
        }

        return list;
    }

    public Task<long> CountAsync(string table) => ScalarAsync<long>($"SELECT count(*) FROM {table}");

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}

internal static class Eventually
{
    /// <summary>Asks until it is so; fails after the limit with what was last seen.</summary>
    public static async Task BeAsync<T>(Func<Task<T>> ask, T expected, TimeSpan? limit = null)
    {
        var until = TimeProvider.System.GetUtcNow() + (limit ?? TimeSpan.FromSeconds(30));
        var seen = default(T);
        while (TimeProvider.System.GetUtcNow() < until)
        {
            try
            {
                if (EqualityComparer<T>.Default.Equals(seen = await ask(), expected))
                {
                    return;
                }
            }
            catch (NpgsqlException) when (TimeProvider.System.GetUtcNow() < until)
            {
                // The server is away in some tests.
            }

            await Task.Delay(50);
        }

        throw new Xunit.Sdk.XunitException($"Expected {expected} in time, last seen {seen}.");
    }
}
