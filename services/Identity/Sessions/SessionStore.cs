using Mpp.Identity.Data;
using Mpp.Identity.Time;

namespace Mpp.Identity.Sessions;

/// <summary>
/// People signed in at browsers. Each is a row that is looked at whenever the session is used: ended there, it is
/// ended.
/// </summary>
internal sealed class SessionStore(IdentityDbContext database, IdentityClock clock)
{
    /// <summary>How long a session lasts at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <summary>How long a session lasts that nobody uses.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan SeenAgain = TimeSpan.FromSeconds(30);

    /// <summary>Begins a session.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The session, and what the browser's cookie is to hold: 256 random bits.</returns>
    public async Task<(SessionRow Session, string Handle)> BeginAsync(Guid account, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var handle = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var session = new SessionRow
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            Handle = Hash(handle),
            BeganAt = now,
            SeenAt = now,
            EndsAt = now + Longest,
        };
        database.Sessions.Add(session);
        await database.SaveChangesAsync(cancellationToken);
        return (session, handle);
    }

    /// <summary>The session of a cookie, while it lasts.</summary>
    public Task<SessionRow?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        var hash = Hash(handle);
        return UseAsync(database.Sessions.Where(s => s.Handle == hash), cancellationToken);
    }

    /// <summary>The session of an id, while it lasts.</summary>
    public Task<SessionRow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        UseAsync(database.Sessions.Where(s => s.Id == id), cancellationToken);

    /// <summary>Ends a session; says whether it still lasted.</summary>
    public async Task<bool> EndAsync(Guid id, CancellationToken cancellationToken) =>
        await database.Sessions.Where(s => s.Id == id && s.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.EndedAt, clock.Now), cancellationToken) > 0;

    private async Task<SessionRow?> UseAsync(IQueryable<SessionRow> sessions, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var lately = now - Idle;
        var session = await sessions.AsNoTracking().SingleOrDefaultAsync(
            s => s.EndedAt == null && s.EndsAt > now && s.SeenAt > lately, cancellationToken);
        if (session is not null && now - session.SeenAt > SeenAgain)
        {
            await database.Sessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.SeenAt, now), cancellationToken);
        }

        return session;
    }

    private static byte[] Hash(string handle) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(handle));
}
