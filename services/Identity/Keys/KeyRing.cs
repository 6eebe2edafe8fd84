using Microsoft.Extensions.Primitives;
using Mpp.Identity.Time;
using OpenIddict.Server;

namespace Mpp.Identity.Keys;

/// <summary>The signing keys as this process knows them.</summary>
internal sealed class KeyRing(IdentityClock clock) : IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private IReadOnlyList<SigningKey> _keys = [];
    private string? _signing;
    private CancellationTokenSource _changed = new();

    /// <summary>Whether there is a key to sign with.</summary>
    public bool IsReady => Signing is not null;

    /// <summary>The key that signs now.</summary>
    public SigningKey? Signing => KeySchedule.Signing(_keys, key => key.SignsFrom, clock.Now);

    /// <summary>All that are published: the one that signs first.</summary>
    public IReadOnlyList<SigningKey> Published
    {
        get
        {
            var signing = Signing;
            return [.. _keys.OrderByDescending(key => key == signing).ThenByDescending(key => key.SignsFrom)];
        }
    }

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    public void Dispose() => _changed.Dispose();

    /// <summary>Takes over what the database has; who uses the keys hears of a change.</summary>
    public void Set(IReadOnlyList<SigningKey> keys)
    {
        var same = keys.Select(key => key.Id).SequenceEqual(_keys.Select(key => key.Id), StringComparer.Ordinal);
        _keys = same ? _keys : keys;
        // A key's turn comes with the time alone.
        if (same && Signing?.Id == _signing)
        {
            return;
        }

        _signing = Signing?.Id;
        using var before = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        before.Cancel();
    }
}
