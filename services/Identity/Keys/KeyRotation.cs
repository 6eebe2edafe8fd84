using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mpp.Hosting.Start;
using Mpp.Identity.Data;
using Mpp.Identity.Secrets;
using Mpp.Identity.Time;

namespace Mpp.Identity.Keys;

/// <summary>
/// Makes signing keys and takes them away, in time; one copy of the service at a time. Every copy looks once a minute
/// what the others have done.
/// </summary>
internal sealed partial class KeyRotation(
    IServiceScopeFactory scopes, KeyRing ring, Sealer sealer, IdentityClock clock, ILogger<KeyRotation> logger)
    : BackgroundService, IHealthCheck
{
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtext('signing_keys'))";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Returns when there is a key.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            ring.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("There is no key to sign with."));

    /// <summary>Brings the keys, in the database and here, to where they must be now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var rows = await ReadAsync(database, cancellationToken);
        if (IsChangeDue(rows))
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            await database.Database.ExecuteSqlRawAsync(Lock, cancellationToken);
            // Another copy may have done it meanwhile.
            rows = await ReadAsync(database, cancellationToken);
            rows = Change(database, rows);
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        ring.Set([.. rows.Select(Read)]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock.Provider, stoppingToken);
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, fault);
            }
        }
    }

    private static Task<List<SigningKeyRow>> ReadAsync(
        IdentityDbContext database, CancellationToken cancellationToken) =>
        database.SigningKeys.AsNoTracking().OrderBy(key => key.SignsFrom).ToListAsync(cancellationToken);

    private bool IsChangeDue(List<SigningKeyRow> rows) =>
        KeySchedule.Next([.. rows.Select(row => row.SignsFrom)], clock.Now) is not null
        || KeySchedule.Over(rows, row => row.SignsFrom, clock.Now).Any();

    private List<SigningKeyRow> Change(IdentityDbContext database, List<SigningKeyRow> rows)
    {
        var now = clock.Now;
        var over = KeySchedule.Over(rows, row => row.SignsFrom, now).ToList();
        database.SigningKeys.RemoveRange(over);
        var left = rows.Except(over).ToList();
        if (KeySchedule.Next([.. left.Select(row => row.SignsFrom)], now) is { } from)
        {
            var (id, pkcs8) = SigningKey.Make();
            var made = new SigningKeyRow
            {
                Id = id,
                PrivateKey = sealer.Seal(Purpose(id), pkcs8),
                CreatedAt = now,
                SignsFrom = from,
            };
            CryptographicOperations.ZeroMemory(pkcs8);
            database.SigningKeys.Add(made);
            database.SignInEvents.Add(new SignInEventRow { At = now, Kind = SignInEventKind.KeyMade });
            left.Add(made);
            LogMade(logger, id, from);
        }

        return left;
    }

    private SigningKey Read(SigningKeyRow row)
    {
        try
        {
            var pkcs8 = sealer.Open(Purpose(row.Id), row.PrivateKey);
            var key = SigningKey.Read(row.Id, row.SignsFrom, pkcs8);
            CryptographicOperations.ZeroMemory(pkcs8);
            return key;
        }
        catch (CryptographicException fault)
        {
            throw new StartException(
                $"the signing key {row.Id} cannot be read with Identity:KeySecret. Restore the secret; or empty the "
                    + "table signing_keys, and everybody signs in again.", fault);
        }
    }

    private static string Purpose(string id) => $"signing key {id}";

    [LoggerMessage(1, LogLevel.Information, "The signing key {Key} is made; it signs from {From:u} on.")]
    private static partial void LogMade(ILogger logger, string key, DateTimeOffset from);

    [LoggerMessage(2, LogLevel.Warning, "The signing keys could not be looked at; the next minute tries again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
