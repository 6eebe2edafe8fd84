using Mpp.Agency;
using Shouldly;

namespace Mpp.Unit.Agency;

public sealed class RulePeriodTests
{
    private static readonly RulePeriod<int>[] Rule =
    [
        new(new(2020, 1, 1), 1, "old", new(2024, 12, 31)),
        new(new(2025, 1, 1), 2, "new"),
    ];

    [Fact]
    public void The_value_of_the_day_holds_first_and_last_day_included()
    {
        Rule.On(new(2019, 12, 31)).ShouldBeNull();
        Rule.RequiredOn(new(2020, 1, 1)).Value.ShouldBe(1);
        Rule.RequiredOn(new(2024, 12, 31)).Value.ShouldBe(1);
        Rule.RequiredOn(new(2025, 1, 1)).LegalBasis.ShouldBe("new");
        Should.Throw<InvalidOperationException>(() => Rule.RequiredOn(new(2019, 12, 31)));
    }

    [Fact]
    public void Periods_that_overlap_or_end_before_they_begin_are_refused()
    {
        Rule.Check("fine");
        Should.Throw<InvalidOperationException>(
            () => new[] { Rule[0] with { Until = null }, Rule[1] }.Check("open end")).Message.ShouldContain("open end");
        Should.Throw<InvalidOperationException>(
            () => new[] { Rule[0] with { Until = new(2025, 1, 1) }, Rule[1] }.Check("overlap"));
        Should.Throw<InvalidOperationException>(
            () => new[] { Rule[0] with { Until = new(2019, 1, 1) } }.Check("backwards"));
    }
}
