using Mpp.Contracts;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Certificates;
using Mpp.Licensing.Kbli;
using Shouldly;

namespace Mpp.Unit.Licensing;

public sealed class CertificateRulesTests
{
    private static readonly CertificateInput Restaurant =
        new() { Nib = "2211260000001", Kbli = "56101", RiskLevel = RiskLevel.MediumLow, Declaration = true };

    [Theory]
    [InlineData(RiskLevel.MediumLow, false)]
    [InlineData(RiskLevel.MediumHigh, true)]
    internal void Medium_risk_gets_one_and_medium_high_is_verified_first_unless_the_law_grants_it(
        RiskLevel risk, bool verified)
    {
        Codes(Restaurant, risk).ShouldBeEmpty();
        CertificateRules.NeedsOfficer(risk, granted: false).ShouldBe(verified);
        CertificateRules.NeedsOfficer(risk, granted: true).ShouldBeFalse();
    }

    [Theory]
    [InlineData(RiskLevel.High)]
    [InlineData(RiskLevel.Low)]
    internal void High_risk_needs_a_licence_and_low_risk_nothing(RiskLevel risk) =>
        Codes(Restaurant, risk).ShouldBe(["risk-needs-licence"]);

    [Fact]
    public void The_register_knows_the_risk_better_than_the_application() =>
        Codes(Restaurant with { RiskLevel = RiskLevel.MediumLow }, RiskLevel.High)
            .ShouldBe(["risk-needs-licence"]);

    [Fact]
    public void The_NIB_must_stand_and_name_the_line_of_business()
    {
        CertificateRules.Refusals(Restaurant, business: null, activity: null)
            .ShouldHaveSingleItem().Pointer.ShouldBe("/nib");
        var revoked = Business();
        revoked.Status = PermitStatus.Revoked;
        CertificateRules.Refusals(Restaurant, revoked, Activity(RiskLevel.MediumLow))
            .ShouldHaveSingleItem().Pointer.ShouldBe("/nib");
        CertificateRules.Refusals(Restaurant, Business(), activity: null)
            .ShouldHaveSingleItem().Pointer.ShouldBe("/kbli");
    }

    [Fact]
    public void The_declaration_must_be_signed() =>
        Codes(Restaurant with { Declaration = false }, RiskLevel.MediumLow).ShouldBe(["declaration-signed"]);

    [Fact]
    public void Every_hindrance_is_named_at_once_with_law_and_place()
    {
        var reasons = CertificateRules.Refusals(
            Restaurant with { Declaration = false, RiskLevel = RiskLevel.High }, business: null, activity: null);
        reasons.Select(r => r.Pointer).ShouldBe(["/nib", "/declaration", "/riskLevel"]);
        reasons.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0 && r.LegalBasis == "PP 28/2025");
    }

    private static string[] Codes(CertificateInput input, RiskLevel registered) =>
        [.. CertificateRules.Refusals(input, Business(), Activity(registered)).Select(r => r.Requirement)];

    private static Business Business() => new()
    {
        Nib = Restaurant.Nib,
        OwnerNik = Nik.Parse("7402021203990001"),
        OwnerName = "Sitti Rahma",
        IssuedOn = new(2026, 11, 22),
        Status = PermitStatus.Active,
    };

    private static BusinessActivity Activity(RiskLevel risk) => new()
    {
        Id = Guid.Empty,
        Nib = Restaurant.Nib,
        BusinessName = "Warung Sao-Sao",
        BusinessNameKey = "WARUNG SAO-SAO",
        Kbli = "56101",
        RiskLevel = risk,
        Region = RegionCode.Parse("74.02"),
        RegisteredOn = new(2026, 11, 22),
        Status = PermitStatus.Active,
        ApplicationId = Guid.Empty,
        StepId = "nib",
    };
}
