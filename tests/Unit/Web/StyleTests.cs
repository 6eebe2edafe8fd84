using System.Globalization;
using System.Text.RegularExpressions;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Web;

/// <summary>Colours that people can read (WCAG 2.2, 1.4.3), in light and in dark.</summary>
public sealed partial class StyleTests
{
    private static readonly string Style =
        File.ReadAllText(Path.Combine(Repository.Root, "services/platform/Web/Assets/web.css"));

    public static TheoryData<string, string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, string>();
            foreach (var scheme in (string[])["light", "dark"])
            {
                foreach (var ink in (string[])["ink", "quiet", "link", "good", "bad", "wait"])
                {
                    pairs.Add(scheme, ink, "paper");
                    pairs.Add(scheme, ink, "ground");
                }

                pairs.Add(scheme, "bar-ink", "bar");
                pairs.Add(scheme, "ink", "mark");
                pairs.Add(scheme, "quiet", "quiet-ground");
                foreach (var state in (string[])["good", "bad", "wait"])
                {
                    pairs.Add(scheme, state, $"{state}-ground");
                    pairs.Add(scheme, "ink", $"{state}-ground");
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_text_stands_out_from_its_ground(string scheme, string ink, string ground) =>
        Contrast(Colour(scheme, ink), Colour(scheme, ground)).ShouldBeGreaterThanOrEqualTo(4.5);

    /// <summary>The larger text of a button: 3:1 is enough for it, 4 is wanted.</summary>
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void A_button_can_be_read(string scheme) =>
        Contrast(Colour(scheme, "act-ink"), Colour(scheme, "act")).ShouldBeGreaterThanOrEqualTo(4);

    [Fact]
    public void Black_on_white_is_twenty_one() => Contrast("#000", "#fff").ShouldBe(21, 0.01);

    private static string Colour(string scheme, string name)
    {
        var blocks = Root().Matches(Style);
        blocks.Count.ShouldBeGreaterThanOrEqualTo(2);
        var block = blocks[scheme == "light" ? 0 : 1].Value;
        return Regex.Match(block, $"--{name}: (#[0-9a-f]+)", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Groups[1].Value;
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var hex = colour.TrimStart('#');
        hex = hex.Length == 3 ? string.Concat(hex.SelectMany(digit => new[] { digit, digit })) : hex;
        var parts = Enumerable.Range(0, 3)
            .Select(i => int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToList();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    [GeneratedRegex(@":root \{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Root();
}
