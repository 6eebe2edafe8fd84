namespace Mpp.Unit.Applications.Flow;

/// <summary>
/// Choices read from an array, which FsCheck generates and shrinks; past its end every choice is the first.
/// </summary>
internal sealed class Tape(int[] choices)
{
    private int _next;

    public bool AtEnd => _next >= choices.Length;

    public int Choose(int options) => AtEnd ? 0 : (int)((uint)choices[_next++] % (uint)options);

    /// <summary>True once in <paramref name="times"/>.</summary>
    public bool OneIn(int times) => Choose(times) == times - 1;
}
