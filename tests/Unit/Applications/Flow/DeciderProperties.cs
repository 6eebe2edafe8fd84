using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Mpp.Unit.Applications.Flow;

/// <summary>
/// The coordinator's rules over generated packages and interleavings. A failure prints the shrunk case and the seed; to
/// run it again, give the seed to <c>Config.WithReplay</c>, or the two arrays to <see cref="Check"/>.
/// <c>MPP_MODEL_CASES</c> in the environment makes it search longer.
/// </summary>
public sealed class DeciderProperties
{
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("MPP_MODEL_CASES"), CultureInfo.InvariantCulture, out var cases)
            ? cases
            : 3_000;

    [Fact]
    public void The_rules_hold_for_every_package_and_every_interleaving()
    {
        var choices = Arb.From(Gen.ArrayOf(Gen.Choose(0, 10_000)).Resize(150), Shorter);
        Prop.ForAll(Arb.Zip(choices, choices), c => Check(c.Item1, c.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    // Shorter first, then with smaller numbers: a short tape is a small package, or few events.
    private static IEnumerable<int[]> Shorter(int[] tape)
    {
        for (var cut = tape.Length; cut > 0; cut /= 2)
        {
            for (var at = 0; at + cut <= tape.Length; at += cut)
            {
                yield return [.. tape[..at], .. tape[(at + cut)..]];
            }
        }

        for (var i = 0; i < tape.Length; i++)
        {
            if (tape[i] > 0)
            {
                yield return [.. tape[..i], 0, .. tape[(i + 1)..]];
                yield return [.. tape[..i], tape[i] / 2, .. tape[(i + 1)..]];
            }
        }
    }

    private static void Check(int[] package, int[] events) =>
        new World(new RandomPackage(new Tape(package)), new Tape(events)).Run();
}
