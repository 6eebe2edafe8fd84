using Mpp.Identity.Data;
using Mpp.Identity.Roles;
using Mpp.Identity.Time;

namespace Mpp.Identity.Accounts;

/// <summary>
/// Brings the people of the configuration into the database, after the service is ready: passwords take their time, and
/// the mall's start waits for none of them. Whoever signs in before waits for it.
/// </summary>
internal sealed partial class PeopleLoader(
    IServiceScopeFactory scopes, IOptions<PeopleOptions> options, Passwords passwords, IdentityClock clock,
    ILogger<PeopleLoader> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when they are there.</summary>
    public Task Loaded => _loaded.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LoadAsync(stoppingToken);
                _loaded.TrySetResult();
                return;
            }
            catch (DbUpdateException) when (!stoppingToken.IsCancellationRequested)
            {
                // Another copy was faster with one of them: the next look finds everybody.
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock.Provider, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, fault);
                await Task.Delay(Pause, clock.Provider, stoppingToken);
            }
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var known = await database.Accounts.ToDictionaryAsync(
            account => account.UserName, StringComparer.Ordinal, cancellationToken);
        foreach (var (name, person) in options.Value.People)
        {
            var userName = AccountAccess.UserName(name);
            if (known.Remove(userName, out var account))
            {
                (account.DisplayName, account.Role, account.Region, account.Office, account.DisabledAt) =
                    (person.DisplayName, RoleScopes.Parse(person.Role)!.Value, person.Region, person.Office, null);
                continue;
            }

            database.Accounts.Add(new AccountRow
            {
                Id = Guid.CreateVersion7(clock.Now),
                UserName = userName,
                DisplayName = person.DisplayName,
                Role = RoleScopes.Parse(person.Role)!.Value,
                Region = person.Region,
                Office = person.Office,
                PasswordHash = passwords.Hash(person.Password),
                CreatedAt = clock.Now,
            });
        }

        foreach (var gone in known.Values)
        {
            gone.DisabledAt ??= clock.Now;
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "People could not be brought into the database; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
