using Microsoft.EntityFrameworkCore;
using Mpp.Contracts.Steps;
using Mpp.Contracts;
using Mpp.Integration.Agency;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.CivilRegistry;

public sealed class CardTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    [Fact]
    public async Task A_newborn_joins_the_mothers_card_and_gets_a_child_identity_card()
    {
        var (nik, card) = await NewbornAsync();

        var family = await registry.CompleteAsync(FamilyCard(card, nik));
        var child = await registry.CompleteAsync(ChildCard(nik, card));

        family.Outputs.GetProperty("familyCardNumber").GetString().ShouldBe(card);
        family.Documents.ShouldBe([new IssuedDocument("family-card", card, RegistryFixture.Today, ValidUntil: null)]);
        var document = child.Documents.ShouldHaveSingleItem();
        document.Number.ShouldBe(child.Outputs.GetProperty("cardNumber").GetString());
        document.ValidUntil.ShouldBe(RegistryFixture.Today.AddDays(-5).AddYears(5));
        var (member, edition) = await registry.WithDatabaseAsync(async db => (
            await db.Persons.SingleAsync(p => p.Nik == Nik.Parse(nik)),
            (await db.FamilyCards.SingleAsync(c => c.Number == card)).Edition));
        (member.FamilyCardNumber, member.FamilyRole.ToString(), edition).ShouldBe((card, "Child", 2));
    }

    [Fact]
    public async Task Twins_added_at_the_same_time_make_two_editions()
    {
        var couple = registry.NextCouple();
        var (first, card) = await NewbornAsync(couple);
        var (second, _) = await NewbornAsync(couple, "Nur Fatimah");

        await Task.WhenAll(
            registry.CompleteAsync(FamilyCard(card, first)), registry.CompleteAsync(FamilyCard(card, second)));

        (await registry.WithDatabaseAsync(db => db.FamilyCards.SingleAsync(c => c.Number == card))).Edition.ShouldBe(3);
    }

    [Fact]
    public async Task A_cancelled_family_card_step_takes_the_member_off_again()
    {
        var (nik, card) = await NewbornAsync();
        var step = FamilyCard(card, nik);
        await registry.CompleteAsync(step);

        await registry.Coordinator.SendAsync("civil-registry", TestSteps.Cancel(step));

        (await registry.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCancelled>();
        (await registry.WithDatabaseAsync(db => db.Persons.SingleAsync(p => p.Nik == Nik.Parse(nik)))).FamilyCardNumber
            .ShouldBeNull();
        (await registry.WithDatabaseAsync(db => db.FamilyCards.SingleAsync(c => c.Number == card))).Edition.ShouldBe(3);
    }

    [Fact]
    public async Task Somebody_unknown_joins_no_family_card() =>
        await registry.RefuseAsync(FamilyCard(RegistryFixture.People[0].FamilyCardNumber, "7402015505909999"),
            "member-registered", "/memberNik");

    [Fact]
    public async Task A_family_card_that_is_unknown_takes_nobody()
    {
        var (nik, _) = await NewbornAsync();
        await registry.RefuseAsync(FamilyCard("7402010101010001", nik), "family-card-exists", "/familyCardNumber");
    }

    [Fact]
    public async Task A_member_of_another_family_card_is_refused()
    {
        var (one, other) = (registry.NextCouple(), registry.NextCouple());
        await registry.RefuseAsync(
            FamilyCard(one.Mother.FamilyCardNumber, other.Mother.Nik.Value), "member-not-in-other-card", "/memberNik");
    }

    [Fact]
    public Task Somebody_of_seventeen_gets_no_child_identity_card()
    {
        var grown = Child(p => p.AgeOn(RegistryFixture.Today) >= 17);
        return registry.RefuseAsync(
            ChildCard(grown.Nik.Value, grown.FamilyCardNumber, "photo-1"), "child-under-17", "/childNik");
    }

    [Fact]
    public async Task A_child_of_another_family_card_is_refused()
    {
        var child = Child(p => p.AgeOn(RegistryFixture.Today) < 17);
        var other = RegistryFixture.People.First(p => p.FamilyCardNumber != child.FamilyCardNumber).FamilyCardNumber;
        await registry.RefuseAsync(
            ChildCard(child.Nik.Value, other, "photo-1"), "child-in-family-card", "/familyCardNumber");
        await registry.RefuseAsync(ChildCard("7402015505909999", other), "child-in-family-card", "/childNik");
    }

    [Fact]
    public async Task From_five_years_on_a_photograph_is_needed_and_the_card_is_valid_until_the_day_before_seventeen()
    {
        var child = Child(p => p.AgeOn(RegistryFixture.Today) is >= 5 and < 16);

        await registry.RefuseAsync(
            ChildCard(child.Nik.Value, child.FamilyCardNumber), "photo-from-five", "/photoReference");
        var first = await registry.CompleteAsync(ChildCard(child.Nik.Value, child.FamilyCardNumber, "photo-1"));
        var second = await registry.CompleteAsync(ChildCard(child.Nik.Value, child.FamilyCardNumber, "photo-2"));

        first.Documents.ShouldHaveSingleItem().ValidUntil.ShouldBe(child.BirthDate.AddYears(17).AddDays(-1));
        var valid = await registry.WithDatabaseAsync(
            db => db.ChildIdentityCards.Where(c => c.ChildNik == child.Nik && c.RevokedOn == null).ToListAsync());
        valid.ShouldHaveSingleItem().CardNumber.ShouldBe(second.Documents[0].Number);
    }

    [Fact]
    public async Task A_cancelled_child_identity_card_loses_its_validity()
    {
        var child = Child(p => p.AgeOn(RegistryFixture.Today) is >= 5 and < 16, skip: 1);
        var step = ChildCard(child.Nik.Value, child.FamilyCardNumber, "photo-1");
        await registry.CompleteAsync(step);

        await registry.Coordinator.SendAsync("civil-registry", TestSteps.Cancel(step));

        (await registry.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCancelled>();
        (await registry.WithDatabaseAsync(
            db => db.ChildIdentityCards.SingleAsync(c => c.ChildNik == child.Nik))).RevokedOn.ShouldNotBeNull();
    }

    private static Person Child(Func<Person, bool> which, int skip = 0) =>
        RegistryFixture.People.Where(p => p.Role == FamilyRole.Child && p.Deceased is null)
            .Where(which).Skip(skip).First();

    private async Task<(string Nik, string Card)> NewbornAsync(
        Couple? couple = null, string name = "Nur Aisyah")
    {
        var (mother, _) = couple ?? registry.NextCouple();
        var completed = await registry.CompleteAsync(TestSteps.New("civil-registry/birth-certificate", new
        {
            childName = name,
            childSex = "female",
            birthDate = RegistryFixture.Today.AddDays(-5),
            birthPlace = "Unaaha",
            motherNik = mother.Nik,
            familyCardNumber = mother.FamilyCardNumber,
            birthLetterNumber = registry.NextLetter(),
            birthLetterIssuer = "RSUD Konawe",
        }));
        return (completed.Outputs.GetProperty("childNik").GetString()!, mother.FamilyCardNumber);
    }

    private static StepRequest FamilyCard(string familyCardNumber, string memberNik) =>
        TestSteps.New("civil-registry/family-card", new { familyCardNumber, memberNik });

    private static StepRequest ChildCard(string childNik, string familyCardNumber, string? photoReference = null) =>
        TestSteps.New("civil-registry/child-identity-card", new { childNik, familyCardNumber, photoReference });
}
