using Mpp.Contracts;
using Mpp.Support.Inputs;
using Shouldly;

namespace Mpp.Unit.Contracts;

public sealed class TextKeyTests
{
    [Theory]
    [InlineData("Nur'aini Sao-Sao", "NURAINI SAO SAO")]
    [InlineData(" warung  sao-sao", "Warung Sao-Sao")]
    [InlineData("001/SKL/2026", "001-skl-2026")]
    [InlineData("001/SKL/2026", "001SKL2026")]
    [InlineData("\uff11\uff12\uff13/\uff21", "123/A")] // full width
    [InlineData("Konawe\u0301", "KONAW\u00c9")]
    [InlineData("12/3", "12 - 3")]
    public void Spelling_makes_no_other_name(string one, string other) => TextKey.Of(one).ShouldBe(TextKey.Of(other));

    [Theory]
    [InlineData("Muh.", "Muhammad")]
    [InlineData("12/3", "1/23")]
    [InlineData("12/3", "123")]
    [InlineData("---", "...")]
    [InlineData("---", "")]
    [InlineData("\u3164", "\u115f")]
    public void What_is_another_stays_another(string one, string other) =>
        TextKey.Of(one).ShouldNotBe(TextKey.Of(other));

    [Fact]
    public void No_text_that_is_not_empty_has_an_empty_key_or_one_longer_than_itself()
    {
        foreach (var text in BadText.All.Where(b => b.Json.Length > 2 && b.Name != "half a surrogate pair")
            .Select(b => System.Text.Json.JsonSerializer.Deserialize<string>(b.Json)!)
            .Concat(Enumerable.Range(1, 0xD7FF).Select(c => ((char)c).ToString()))
            .Concat(Enumerable.Range(0x10000, 0x20000).Select(char.ConvertFromUtf32)))
        {
            TextKey.Of(text).Length.ShouldBeInRange(1, Math.Max(text.Length, text.Normalize().Length));
        }
    }
}
