using Mpp.Identity.Data;
using Mpp.Identity.Records;
using Mpp.Identity.Time;

namespace Mpp.Identity.Accounts;

/// <summary>Finds out whether somebody is who they say.</summary>
internal sealed class AccountAccess(
    IdentityDbContext database, PeopleLoader people, Passwords passwords, SignInRecord record, IdentityClock clock)
{
    /// <summary>A user name as it is stored and compared.</summary>
    public static string UserName(string typed) => typed.Trim().ToLowerInvariant();

    /// <summary>
    /// The account, if name and password are right and it is not locked; <see langword="null"/> otherwise, after the
    /// same time and for whatever reason.
    /// </summary>
    public async Task<AccountRow?> SignInAsync(string name, string password, CancellationToken cancellationToken)
    {
        await people.Loaded.WaitAsync(cancellationToken);
        var (account, mayTry, locks) = await AttemptAsync(UserName(name), cancellationToken);
        var right = passwords.IsRight(mayTry ? account!.PasswordHash : null, password);
        if (right)
        {
            await database.Accounts.Where(a => a.Id == account!.Id).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Failures, 0).SetProperty(a => a.LockedUntil, (DateTimeOffset?)null),
                cancellationToken);
            return account;
        }

        await record.WriteAsync(
            account is not null && !mayTry ? SignInEventKind.LockedOut
                : locks ? SignInEventKind.AccountLocked : SignInEventKind.SignInRefused,
            cancellationToken, account?.Id);
        return null;
    }

    /// <summary>The account of an id, while it may sign in.</summary>
    public Task<AccountRow?> FindAsync(Guid id, CancellationToken cancellationToken) => database.Accounts
        .AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.DisabledAt == null, cancellationToken);

    /// <summary>Counts an attempt before its password is looked at; the row is locked meanwhile.</summary>
    private async Task<(AccountRow? Account, bool MayTry, bool Locks)> AttemptAsync(
        string userName, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var account = await database.Accounts
            .FromSql($"SELECT * FROM accounts WHERE user_name = {userName} AND disabled_at IS NULL FOR UPDATE")
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var now = clock.Now;
        if (account is null || new LockOut(account.Failures, account.LockedUntil) is var before && before.IsLocked(now))
        {
            await transaction.CommitAsync(cancellationToken);
            return (account, MayTry: false, Locks: false);
        }

        var after = before.Attempted(now);
        await database.Accounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Failures, after.Failures).SetProperty(a => a.LockedUntil, after.Until),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (account, MayTry: true, Locks: after.IsLocked(now));
    }
}
