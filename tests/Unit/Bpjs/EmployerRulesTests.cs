using Mpp.Bpjs.Employers;
using Shouldly;

namespace Mpp.Unit.Bpjs;

public sealed class EmployerRulesTests
{
    [Fact]
    public void An_employer_with_workers_is_not_refused() =>
        EmployerRules.Refusals(workers: 2, nibOfAnother: false).ShouldBeEmpty();

    [Fact]
    public void Every_hindrance_is_named_at_once_with_law_and_place()
    {
        var reasons = EmployerRules.Refusals(workers: 0, nibOfAnother: true);
        reasons.Select(r => r.Requirement).ShouldBe(["has-workers", "nib-not-registered"]);
        reasons.Select(r => r.Pointer).ShouldBe(["/workers", "/nib"]);
        reasons.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0 && r.LegalBasis != null);
    }

    [Fact]
    public void The_number_has_the_year_of_registration() =>
        EmployerRules.NppNumber(new(2026, 11, 22), 42).ShouldBe("26000042");
}
