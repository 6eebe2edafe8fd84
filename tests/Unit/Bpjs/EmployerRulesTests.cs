using Mpp.Bpjs.Employers;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Bpjs;

public sealed class EmployerRulesTests
{
    private static readonly EmployerInput Employer = new() { Nib = "2211260000001", BusinessName = "Warung Sao-Sao", OwnerNik = Nik.Parse("7402021203990001"), Workers = 2 };

    [Fact]
    public void An_employer_with_workers_is_not_refused() => EmployerRules.Refusals(Employer, nibRegistered: false, sanctioned: false).ShouldBeEmpty();

    [Fact]
    public void Every_hindrance_is_named_at_once_with_law_and_place()
    {
        var reasons = EmployerRules.Refusals(Employer with { Workers = 0 }, nibRegistered: true, sanctioned: true);
        reasons.Select(r => r.Requirement).ShouldBe(["has-workers", "nib-not-registered", "no-sanction"]);
        reasons.Select(r => r.Pointer).ShouldBe(["/workers", "/nib", "/ownerNik"]);
        reasons.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0 && r.LegalBasis != null);
    }

    [Fact]
    public void The_number_has_the_year_of_registration() => EmployerRules.NppNumber(new(2026, 11, 22), 42).ShouldBe("26000042");
}
