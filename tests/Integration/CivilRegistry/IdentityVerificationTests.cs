using System.Text.Json;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.CivilRegistry;

public sealed class IdentityVerificationTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    private static readonly Person Somebody = RegistryFixture.People.First(p => p.Deceased is null);

    [Fact]
    public async Task What_is_claimed_rightly_matches_and_the_rest_is_not_checked()
    {
        var completed = await registry.CompleteAsync(Identity(Somebody.Nik.Value, Somebody.Name, Somebody.BirthDate));

        completed.Documents.ShouldBeEmpty();
        JsonElement.DeepEquals(completed.Outputs, JsonSerializer.SerializeToElement(new
        {
            exists = true,
            active = true,
            name = Somebody.Name,
            fields = new { name = "match", birthDate = "match", familyCardNumber = "not-checked" },
        })).ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_matches_in_any_case_spacing_and_punctuation_and_goes_on_as_it_is_registered() =>
        (await registry.CompleteAsync(Identity(
            Somebody.Nik.Value, $" {Somebody.Name.ToUpperInvariant().Replace(" ", "  ", StringComparison.Ordinal)}. ")))
            .Outputs.GetProperty("name").GetString().ShouldBe(Somebody.Name);

    [Fact]
    public async Task A_parent_who_died_before_the_birth_is_found_and_not_said_to_live()
    {
        var dead = RegistryFixture.People.First(p => p.Deceased is not null);
        StepRequest Parent(DateOnly childBornOn) => TestSteps.New("civil-registry/identity-verification", new
        {
            nik = dead.Nik.Value,
            name = dead.Name,
            parentOfChildBornOn = childBornOn,
        });

        (await registry.CompleteAsync(Parent(dead.Deceased!.Value.AddDays(300))))
            .Outputs.GetProperty("active").GetBoolean().ShouldBeFalse();
        await registry.RefuseAsync(Parent(dead.Deceased.Value.AddDays(301)), "person-alive", "/nik");
    }

    [Fact]
    public Task An_unknown_NIK_is_refused() =>
        registry.RefuseAsync(Identity("7402015505909999", "Siapa Saja"), "nik-registered", "/nik");

    [Fact]
    public Task Somebody_deceased_is_refused()
    {
        var deceased = RegistryFixture.People.First(p => p.Deceased is not null);
        return registry.RefuseAsync(
            Identity(deceased.Nik.Value, deceased.Name, deceased.BirthDate), "person-alive", "/nik");
    }

    [Fact]
    public async Task Every_field_that_differs_is_named_and_none_is_told()
    {
        var refused = (await registry.Coordinator
            .AskAsync(Identity(Somebody.Nik.Value, "Orang Lain", Somebody.BirthDate.AddDays(1), "7402000000000001")))
            .ShouldBeOfType<StepRefused>();

        refused.Reasons.Select(r => (r.Requirement, r.Pointer)).ShouldBe(
            [("identity-match", "/name"), ("identity-match", "/birthDate"), ("identity-match", "/familyCardNumber")]);
        refused.Reasons.ShouldAllBe(
            r => !r.ToString().Contains(Somebody.Name) && !r.ToString().Contains(Somebody.FamilyCardNumber));
    }

    [Fact]
    public async Task A_question_says_whether_what_is_given_belongs_together_and_nothing_else()
    {
        var (nik, name, born) = (Somebody.Nik.Value, Somebody.Name, Somebody.BirthDate);
        (await CheckAsync(new { nik, name, birthDate = born })).ShouldBe(
            [("nik-registered", PreconditionStatus.Fulfilled), ("identity-match", PreconditionStatus.Fulfilled),
                ("person-alive", PreconditionStatus.Fulfilled)]);
        foreach (var other in (object[])[
            new { nik, name, birthDate = born.AddDays(1) }, new { nik, name = "Siapa Saja", birthDate = born },
            new { nik, name, birthDate = born, familyCardNumber = "7402010101010001" },
            new { nik = "7402015505909999", name, birthDate = born }])
        {
            (await CheckAsync(other)).ShouldBe([("identity-match", PreconditionStatus.Missing)]);
        }

        foreach (var less in (object[])[
            new { nik }, new { nik, name }, new { nik, birthDate = born }, new { name, birthDate = born }])
        {
            (await CheckAsync(less)).ShouldBeEmpty();
        }

        var dead = RegistryFixture.People.First(p => p.Deceased is not null);
        (await CheckAsync(new { nik = dead.Nik.Value, name = dead.Name, birthDate = dead.BirthDate })).ShouldContain(
            ("person-alive", PreconditionStatus.Missing));
    }

    private async Task<(string, PreconditionStatus)[]> CheckAsync(object inputs) =>
        [.. (await registry.Coordinator.QuestionAsync(TestSteps.Question(
            "civil-registry/identity-verification", inputs))).Preconditions.Select(p => (p.Requirement, p.Status))];

    private static StepRequest Identity(
        string nik, string name, DateOnly? birthDate = null, string? familyCardNumber = null) =>
        TestSteps.New("civil-registry/identity-verification", new { nik, name, birthDate, familyCardNumber });
}
