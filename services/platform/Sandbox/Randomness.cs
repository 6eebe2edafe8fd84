namespace Mpp.Sandbox;

/// <summary>
/// SplitMix64. <see cref="System.Random"/> may change its sequence with the runtime, and then the sandbox would hold
/// other people on another machine.
/// </summary>
internal struct Randomness(ulong seed)
{
    private ulong _state = seed;

    /// <summary>
    /// A number from 0 to <paramref name="limit"/> - 1. The bias of the modulus is far below anything that matters
    /// here.
    /// </summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number in a closed interval.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>True in so many of a thousand cases.</summary>
    public bool PerMille(int share) => Below(1000) < share;

    public T Pick<T>(IReadOnlyList<T> of) => of[Below(of.Count)];

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
