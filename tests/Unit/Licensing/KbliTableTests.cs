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
    [InlineData("5610")]
    [InlineData("")]
    public void A_code_that_is_not_in_the_list_is_unknown(string code) => _table.Find(code, Today).ShouldBeNull();

    [Fact]
    public void The_list_holds_from_its_day_on() =>
        Should.Throw<InvalidOperationException>(() => _table.Find("56102", new(2025, 6, 4)));
}
