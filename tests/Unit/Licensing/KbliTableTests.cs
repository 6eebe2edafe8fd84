using Mpp.Licensing.Kbli;
using Shouldly;

namespace Mpp.Unit.Licensing;

public sealed class KbliTableTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private readonly KbliTable _table = KbliTable.Load();

    [Theory]
    [InlineData("56102", "Rumah/warung makan", RiskLevel.Low)]
    [InlineData("56101", "Restoran", RiskLevel.MediumLow)]
    [InlineData("55110", "Hotel bintang", RiskLevel.MediumHigh)]
    [InlineData("86103", "Aktivitas rumah sakit swasta", RiskLevel.High)]
    internal void A_code_has_its_title_and_risk(string code, string title, RiskLevel risk) =>
        _table.Find(code, Today).ShouldBe(new LineOfBusiness(title, risk));

    [Theory]
    [InlineData("00000")]
    [InlineData("34000")]
    [InlineData("5610")]
    [InlineData("5610x")]
    [InlineData("")]
    public void A_code_that_no_edition_can_have_is_known_to_be_none(string code)
    {
        _table.Find(code, Today).ShouldBeNull();
        _table.MayHave(code, Today).ShouldBeFalse();
    }

    [Fact]
    public void A_code_outside_the_part_that_is_known_here_may_exist()
    {
        _table.Find("56109", Today).ShouldBeNull();
        _table.MayHave("56109", Today).ShouldBeTrue();
    }

    [Fact]
    public void What_is_known_of_each_edition_is_stated()
    {
        _table.On(Today).Select(e => (e.Name, e.Codes, e.Lines.Count, e.IsComplete))
            .ShouldBe([("KBLI 2020", 1790, 132, false), ("KBLI 2025", null, 0, false)]);
        _table.On(new(2025, 12, 1)).Select(e => e.Name).ShouldBe(["KBLI 2020"]);
    }

    [Fact]
    public void An_edition_holds_on_its_days_and_the_later_one_decides()
    {
        var old = Edition("old", new(2026, 1, 1), new(2026, 6, 30), RiskLevel.Low);
        var table = new KbliTable([old, Edition("new", new(2026, 4, 1), until: null, RiskLevel.High)]);
        table.Find("56101", new(2026, 3, 31))!.Risk.ShouldBe(RiskLevel.Low);
        table.Find("56101", new(2026, 4, 1))!.Risk.ShouldBe(RiskLevel.High);
        table.On(new(2026, 7, 1)).ShouldHaveSingleItem().Name.ShouldBe("new");
        Should.Throw<InvalidOperationException>(() => table.Find("56101", new(2025, 12, 31)));
    }

    [Fact]
    public void A_complete_edition_refuses_what_it_does_not_have() =>
        new KbliTable([Edition("all", new(2026, 1, 1), until: null, RiskLevel.Low) with { Codes = 1 }])
            .MayHave("56109", Today).ShouldBeFalse();

    [Theory]
    [InlineData("5610")]
    [InlineData("34000")]
    public void An_edition_with_a_code_that_cannot_be_one_is_refused(string code)
    {
        var edition = Edition("odd", new(2026, 1, 1), until: null, RiskLevel.Low);
        Should.Throw<InvalidOperationException>(() => new KbliTable([edition with
        {
            Lines = new Dictionary<string, LineOfBusiness> { [code] = new("Odd", RiskLevel.Low) }
        }])).Message.ShouldContain(code);
    }

    [Fact]
    public void More_lines_than_the_official_list_has_are_refused() =>
        Should.Throw<InvalidOperationException>(
            () => new KbliTable([Edition("many", new(2026, 1, 1), until: null, RiskLevel.Low) with { Codes = 0 }]));

    private static KbliEdition Edition(string name, DateOnly from, DateOnly? until, RiskLevel risk) => new(
        name, "BPS", from, until, Codes: null, "01-03 56",
        new Dictionary<string, LineOfBusiness> { ["56101"] = new("Restoran", risk) });
}
