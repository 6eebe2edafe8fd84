using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.CivilRegistry;

public sealed class IdentityCardTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    private static readonly Person Adult = RegistryFixture.People.First(
        p => p.Deceased is null && p.AgeOn(RegistryFixture.Today) > 20);

    [Fact]
    public async Task A_lost_card_is_printed_once_for_a_report_of_loss()
    {
        var step = Reprint(Adult, "SKTLK/1");

        var document = (await registry.CompleteAsync(step)).Documents.ShouldHaveSingleItem();

        document.Kind.ShouldBe("identity-card");
        document.Number.ShouldNotContain(Adult.Nik.Value);
        (await registry.CompleteAsync(step with { Step = step.Step with { Attempt = 2 } })).Documents
            .ShouldBe([document]);
        await registry.RefuseAsync(Reprint(Adult, "SKTLK/1"), "loss-report-unused", "/lossReportNumber");
    }

    [Fact]
    public Task An_expired_report_is_refused() =>
        registry.RefuseAsync(
            Reprint(Adult, "SKTLK/2", RegistryFixture.Today.AddDays(-1)), "loss-report-valid", "/lossReportValidUntil");

    [Fact]
    public async Task A_child_and_somebody_deceased_have_no_card_and_that_is_told_before()
    {
        var child = RegistryFixture.People.First(p => p.AgeOn(RegistryFixture.Today) < 15);
        await registry.RefuseAsync(Reprint(child, "SKTLK/3"), "card-holder", "/nik");
        await registry.RefuseAsync(
            Reprint(RegistryFixture.People.First(p => p.Deceased is not null), "SKTLK/4"), "card-holder", "/nik");
        var found = (await registry.Coordinator.QuestionAsync(TestSteps.Question(
            "civil-registry/identity-card-reprint", new { nik = child.Nik.Value }))).Preconditions;
        found.Select(p => (p.Requirement, p.Status)).ShouldBe([("card-holder", PreconditionStatus.Missing)]);
    }

    private static StepRequest Reprint(Person person, string report, DateOnly? validUntil = null) =>
        TestSteps.New("civil-registry/identity-card-reprint", new
        {
            nik = person.Nik.Value,
            lossReportNumber = report,
            lossReportValidUntil = validUntil ?? RegistryFixture.Today,
        });
}
