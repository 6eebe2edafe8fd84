using Npgsql;

namespace Mpp.Operations.Projection;

/// <summary>The configuration section <c>CatchUp</c>.</summary>
internal sealed class CatchUpOptions
{
    public const string Section = "CatchUp";

    /// <summary>How often all applications are compared. Default six hours.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>What changed later than this is on its way as a message. Default one minute.</summary>
    public TimeSpan OnItsWay { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// Asks the coordinator for what no message has told: at the first start, after a time away that was longer than the
/// broker keeps messages, after a backup was put back. It compares how far each application has come here and there,
/// and lets itself be told again of those that are behind. When nothing is missing that is one small question for 5,000
/// applications.
/// </summary>
internal sealed partial class CatchUp(
    IHttpClientFactory clients, NpgsqlDataSource database, IOptions<CatchUpOptions> options, TimeProvider time,
    ILogger<CatchUp> logger) : BackgroundService
{
    public const string Client = "applications";

    private const int ToldAtOnce = 100;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>Compares everything, and mends what is behind.</summary>
    /// <returns>How many applications were behind.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(Client);
        var mended = 0;
        for (var after = Guid.Empty; ;)
        {
            var page = await client.GetFromJsonAsync<Known>(
                $"internal/applications?after={after}", cancellationToken) ?? new Known([]);
            if (page.Items.Count == 0)
            {
                return mended;
            }

            foreach (var behind in (await BehindAsync(page.Items, cancellationToken)).Chunk(ToldAtOnce))
            {
                mended += await TellAsync(client, behind, cancellationToken);
            }

            after = page.Items[^1].Id;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var told = false; !stoppingToken.IsCancellationRequested;)
        {
            var pause = options.Value.Interval;
            try
            {
                if (await RunAsync(stoppingToken) is > 0 and var mended)
                {
                    Mended(logger, mended);
                }

                told = false;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                pause = RetryInterval;
                if (!told)
                {
                    Failed(logger, fault);
                }

                told = true;
            }

            await Task.Delay(pause, stoppingToken);
        }
    }

    private async Task<List<Guid>> BehindAsync(
        IReadOnlyList<KnownApplication> page, CancellationToken cancellationToken)
    {
        var settled = time.GetUtcNow() - options.Value.OnItsWay;
        await using var command = database.CreateCommand(
            """
            SELECT k.id FROM unnest($1, $2) AS k(id, sequence) LEFT JOIN applications a USING (id)
            WHERE a.id IS NULL OR a.sequence < k.sequence
            """);
        var known = page.Where(application => application.UpdatedAt < settled).ToList();
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. known.Select(k => k.Id)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. known.Select(k => k.Sequence)] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var behind = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            behind.Add(reader.GetGuid(0));
        }

        return behind;
    }

    private async Task<int> TellAsync(HttpClient client, Guid[] ids, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync("internal/changes", new { ids }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var told = await answer.Content.ReadFromJsonAsync<Told>(cancellationToken) ?? new Told([]);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        // In the order of the ids: other writers take several of the same rows too.
        foreach (var statement in told.Items.OrderBy(change => change.ApplicationId)
            .SelectMany(change => ChangeSql.Of(change, trace: null)))
        {
            batch.BatchCommands.Add(statement);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return told.Items.Count;
    }

    [LoggerMessage(1, LogLevel.Information, "{Count} applications were behind, and were told again.")]
    private static partial void Mended(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "The applications cannot be compared with the coordinator's; tried again.")]
    private static partial void Failed(ILogger logger, Exception fault);

    private sealed record Known(IReadOnlyList<KnownApplication> Items);

    private sealed record KnownApplication(Guid Id, long Sequence, DateTimeOffset UpdatedAt);

    private sealed record Told(IReadOnlyList<ApplicationChanged> Items);
}
