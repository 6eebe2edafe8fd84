using Mpp.Identity.Data;
using Mpp.Identity.Secrets;
using Mpp.Identity.Time;

namespace Mpp.Identity.Records;

/// <summary>
/// Writes down what happens about signing in: who, what, when, with what outcome. Never a password or a token, and no
/// name of somebody who is not known here: people type passwords into the wrong field.
/// </summary>
internal sealed class SignInRecord(
    IdentityDbContext database, Sealer sealer, IdentityClock clock, IHttpContextAccessor http)
{
    /// <summary>How long an entry is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Writes an entry.</summary>
    public async Task WriteAsync(
        SignInEventKind kind, CancellationToken cancellationToken, Guid? account = null, string? client = null,
        Guid? session = null, string? error = null)
    {
        database.SignInEvents.Add(new SignInEventRow
        {
            At = clock.Now,
            Kind = kind,
            AccountId = account,
            ClientId = client,
            SessionId = session,
            Address = http.HttpContext is { } context ? Mark(CallerAddress.Of(context)) : null,
            Error = error,
        });
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>How often an address gave a wrong name or password lately.</summary>
    public Task<int> RefusalsAsync(string address, TimeSpan lately, CancellationToken cancellationToken)
    {
        var (mark, since) = (Mark(address), clock.Now - lately);
        return database.SignInEvents.CountAsync(e => e.Address == mark && e.At > since
            && (e.Kind == SignInEventKind.SignInRefused || e.Kind == SignInEventKind.AccountLocked
                || e.Kind == SignInEventKind.LockedOut), cancellationToken);
    }

    private string Mark(string address) => sealer.Mark("addresses", address);
}
