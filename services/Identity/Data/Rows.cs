using Mpp.Identity.Roles;

namespace Mpp.Identity.Data;

/// <summary>A person who may sign in.</summary>
internal sealed class AccountRow
{
    public required Guid Id { get; init; }

    /// <summary>What the person types, lower case.</summary>
    public required string UserName { get; init; }

    /// <summary>What pages call the person.</summary>
    public required string DisplayName { get; set; }

    public required Role Role { get; set; }

    /// <summary>Where the person may act: a Kemendagri code, or <c>*</c>.</summary>
    public required string Region { get; set; }

    /// <summary>The agency whose office it is; officers have one.</summary>
    public string? Office { get; set; }

    public required string PasswordHash { get; set; }

    /// <summary>Wrong passwords since the last right one or the last lock.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person was taken out of the configuration.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

/// <summary>A person signed in at a browser.</summary>
internal sealed class SessionRow
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>SHA-256 of what the browser's cookie holds.</summary>
    public required byte[] Handle { get; init; }

    public required DateTimeOffset BeganAt { get; init; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When it ends whatever happens.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When somebody ended it.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A key that tokens are signed with.</summary>
internal sealed class SigningKeyRow
{
    /// <summary>Its name in tokens, <c>kid</c>.</summary>
    public required string Id { get; init; }

    /// <summary>PKCS #8, sealed.</summary>
    public required byte[] PrivateKey { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it signs, until the next one does.</summary>
    public required DateTimeOffset SignsFrom { get; init; }
}

/// <summary>Something that was done, or tried, about signing in.</summary>
internal sealed class SignInEventRow
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required SignInEventKind Kind { get; init; }

    public Guid? AccountId { get; init; }

    public string? ClientId { get; init; }

    public Guid? SessionId { get; init; }

    /// <summary>The mark of the address that it came from; nobody finds the address without the service's secret.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>OAuth's name of the reason, of what was refused.</summary>
    public string? Error { get; init; }
}

/// <summary>What can happen about signing in.</summary>
internal enum SignInEventKind
{
    /// <summary>A person gave the right password.</summary>
    SignedIn,

    /// <summary>The name or the password was wrong.</summary>
    SignInRefused,

    /// <summary>It was one wrong password too many.</summary>
    AccountLocked,

    /// <summary>Somebody tried while the account was locked.</summary>
    LockedOut,

    /// <summary>A person signed out.</summary>
    SignedOut,

    /// <summary>A session was ended because another one began in the same browser.</summary>
    SessionReplaced,

    /// <summary>A program or a person's client got a token.</summary>
    TokenIssued,

    /// <summary>It got none.</summary>
    TokenRefused,

    /// <summary>A new signing key was made.</summary>
    KeyMade,
}
