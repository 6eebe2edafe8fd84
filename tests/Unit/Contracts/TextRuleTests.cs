using System.Text.Json;
using Mpp.Contracts;
using Mpp.Support.Inputs;
using Shouldly;

namespace Mpp.Unit.Contracts;

public sealed class TextRuleTests
{
    public static TheoryData<string> Bad => [.. BadText.All.Select(b => b.Name)];

    [Theory]
    [InlineData("Siti Aminah", "Siti Aminah")]
    [InlineData("  Siti \u00a0 Aminah ", "Siti Aminah")]
    [InlineData("Konawe\u0301", "Konaw\u00e9")]
    [InlineData("Konaw\u00e9", "Konaw\u00e9")]
    [InlineData("A\u030angstro\u0308m", "\u00c5ngstr\u00f6m")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("1", "1")]
    [InlineData("No. 12/SKL/2026 (salinan)", "No. 12/SKL/2026 (salinan)")]
    [InlineData("\ua98f\ua9b6", "\ua98f\ua9b6")] // Javanese
    [InlineData("Bayi \U0001F476", "Bayi \U0001F476")]
    public void What_looks_alike_is_read_alike(string given, string read)
    {
        TextRule.Read(given, out var text).ShouldBeNull();

        text.ShouldBe(read);
        TextRule.Read(text, out var again).ShouldBeNull();
        again.ShouldBeSameAs(text, "what is read is read the same again");
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_text_is_named_by_its_fault(string name)
    {
        var bad = BadText.All.Single(b => b.Name == name);
        using var document = JsonDocument.Parse($$"""{"a":[{"b~/":{{bad.Json}}}]}""");

        var read = JsonTexts.Read(document.RootElement, "/input");

        var fault = read.Faults.ShouldHaveSingleItem();
        fault.Pointer.ShouldBe("/input/a/0/b~0~1");
        Kebab.Of(fault.Fault).ShouldBe(bad.Code);
        read.Changed.ShouldBeFalse();
        if (!bad.Json.Contains("\\ud800b", StringComparison.Ordinal))
        {
            TextRule.Fault(JsonSerializer.Deserialize<string>(bad.Json)!).ShouldBe(fault.Fault);
        }
    }

    [Fact]
    public void Every_kind_of_fault_is_tried_and_has_its_words()
    {
        BadText.All.Select(b => b.Code).Distinct().ShouldBe(Kebab.Values<TextFault>().Keys, ignoreOrder: true);
        Enum.GetValues<TextFault>().Select(f => TextRule.Words(f)).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void A_text_is_measured_as_it_is_stored()
    {
        var composed = string.Concat(Enumerable.Repeat("e\u0301", 10));

        TextRule.Read(composed, out var text, longest: 10).ShouldBeNull();
        text.Length.ShouldBe(10);
        TextRule.Fault(text + "e", longest: 10).ShouldBe(TextFault.TooLong);
        // The composition of this one is longer than it is itself.
        TextRule.Fault(string.Concat(Enumerable.Repeat("\ufb2c", 4)), longest: 10).ShouldBe(TextFault.TooLong);
    }

    [Fact]
    public void Texts_in_JSON_are_read_and_all_else_stays_as_it_came()
    {
        var given = JsonElement.Parse(
            """{"name":"  Konawe\u0301 ","n":1.50,"big":1e400,"list":["a  b",null,true],"name":"twice","e\u0301":"x"}""");

        var read = JsonTexts.Read(given);

        read.Faults.ShouldBeEmpty();
        read.Changed.ShouldBeTrue();
        read.Json.GetRawText().Replace("\\u00e9", "\u00e9", StringComparison.OrdinalIgnoreCase)
            .Replace("\\u0301", "\u0301", StringComparison.Ordinal).ShouldBe(
            "{\"name\":\"Konaw\u00e9\",\"n\":1.50,\"big\":1e400,\"list\":[\"a b\",null,true],\"name\":\"twice\","
            + "\"e\u0301\":\"x\"}");
    }

    [Fact]
    public void A_name_that_is_no_text_is_a_fault_of_its_object() =>
        JsonTexts.Read(JsonElement.Parse("""{"a":{"\ud800":1}}""")).Faults
            .ShouldBe([new JsonTextFault("/a", TextFault.DamagedText)]);
}
