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
    [InlineData(RiskLevel.MediumLow, true)]
    [InlineData(RiskLevel.MediumHigh, false)]
    internal void Medium_risk_gets_one_and_medium_high_is_verified_later(RiskLevel risk, bool verified)
    {
        Codes(Restaurant, Business(risk)).ShouldBeEmpty();
        CertificateRules.VerifiedAtIssue(risk).ShouldBe(verified);
    }

    [Theory]
    [InlineData(RiskLevel.High)]
    [InlineData(RiskLevel.Low)]
    internal void High_risk_needs_a_licence_and_low_risk_nothing(RiskLevel risk) =>
        Codes(Restaurant, Business(risk)).ShouldBe(["risk-needs-licence"]);

    [Fact]
    public void The_register_knows_the_risk_better_than_the_application() =>
        Codes(Restaurant with { RiskLevel = RiskLevel.MediumLow }, Business(RiskLevel.High))
            .ShouldBe(["risk-needs-licence"]);

    [Fact]
    public void The_NIB_must_stand_and_name_the_line_of_business()
    {
        Codes(Restaurant, business: null).ShouldBe(["nib-active"]);
        var revoked = Business(RiskLevel.MediumLow);
        revoked.Status = PermitStatus.Revoked;
        Codes(Restaurant, revoked).ShouldBe(["nib-active"]);
        Codes(Restaurant with { Kbli = "55120" }, Business(RiskLevel.MediumLow)).ShouldBe(["nib-active"]);
    }

    [Fact]
    public void The_declaration_must_be_signed() =>
        Codes(Restaurant with { Declaration = false }, Business(RiskLevel.MediumLow)).ShouldBe(["declaration-signed"]);

    [Fact]
    public void Every_hindrance_is_named_at_once_with_law_and_place()
    {
        var reasons = CertificateRules.Refusals(
            Restaurant with { Declaration = false, RiskLevel = RiskLevel.High }, business: null);
        reasons.Select(r => r.Pointer).ShouldBe(["/nib", "/declaration", "/riskLevel"]);
        reasons.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0 && r.LegalBasis == "PP 28/2025");
    }

    private static string[] Codes(CertificateInput input, Business? business) =>
        [.. CertificateRules.Refusals(input, business).Select(r => r.Requirement)];

    private static Business Business(RiskLevel risk) => new()
    {
        Nib = Restaurant.Nib,
        OwnerNik = Nik.Parse("7402021203990001"),
        OwnerName = "Sitti Rahma",
        BusinessName = "Warung Sao-Sao",
        BusinessNameKey = "WARUNG SAO-SAO",
        Kbli = "56101",
        RiskLevel = risk,
        Region = RegionCode.Parse("74.02"),
        IssuedOn = new(2026, 11, 22),
        Status = PermitStatus.Active,
        ApplicationId = Guid.Empty,
        StepId = "nib",
    };
}
