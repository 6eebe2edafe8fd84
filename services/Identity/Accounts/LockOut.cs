namespace Mpp.Identity.Accounts;

/// <summary>How an account is locked after wrong passwords (OWASP ASVS 5.0, 6.3.1).</summary>
/// <param name="Failures">Wrong passwords since the last right one or the last lock.</param>
/// <param name="Until">Until when it is locked.</param>
internal readonly record struct LockOut(int Failures, DateTimeOffset? Until)
{
    /// <summary>This many wrong passwords lock the account.</summary>
    public const int Limit = 5;

    /// <summary>For how long it is locked.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>Whether no password is looked at now.</summary>
    public bool IsLocked(DateTimeOffset now) => Until > now;

    /// <summary>
    /// After one more attempt, which counts as wrong until it is known to be right: so attempts at the same time are no
    /// more than the limit.
    /// </summary>
    public LockOut Attempted(DateTimeOffset now)
    {
        var failures = Failures + 1;
        return failures < Limit ? new(failures, Until: null) : new(Failures: 0, now + Length);
    }
}
