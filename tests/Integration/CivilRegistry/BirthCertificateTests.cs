using Microsoft.EntityFrameworkCore;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.CivilRegistry;

public sealed class BirthCertificateTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    private static DateOnly Born => RegistryFixture.Today.AddDays(-10);

    [Fact]
    public async Task A_child_gets_a_NIK_of_the_mothers_district_and_a_certificate()
    {
        var couple = registry.NextCouple();

        var completed = await registry.CompleteAsync(Birth(couple, name: "  Siti   Aminah ", sex: "female"));

        var nik = Nik.Parse(completed.Outputs.GetProperty("childNik").GetString()!);
        nik.Region.ShouldBe(couple.Mother.District);
        nik.Sex.ShouldBe(Sex.Female);
        nik.BirthDate(RegistryFixture.Today).ShouldBe(Born);
        var certificate = completed.Documents.ShouldHaveSingleItem();
        certificate.ShouldBe(new IssuedDocument("birth-certificate",
            completed.Outputs.GetProperty("certificateNumber").GetString()!, RegistryFixture.Today, ValidUntil: null));
        certificate.Number.ShouldStartWith("7402-LU-");
        var child = await registry.WithDatabaseAsync(db => db.Persons.SingleAsync(p => p.Nik == nik));
        (child.Name, child.MotherNik, child.FatherNik, child.FamilyCardNumber).ShouldBe(
            ("Siti Aminah", couple.Mother.Nik, couple.Father.Nik, null));
    }

    [Fact]
    public async Task Children_registered_at_the_same_time_get_different_NIKs()
    {
        var couple = registry.NextCouple();
        var births = Enumerable.Range(0, 26)
            .Select(i => Birth(couple, name: $"Anak {new string((char)('a' + i), 3)}", sex: "male")).ToList();

        var niks = await Task.WhenAll(
            births.Select(async b => (await registry.CompleteAsync(b)).Outputs.GetProperty("childNik").GetString()!));

        niks.ShouldBeUnique();
        niks.Select(n => n[..12]).Distinct().ShouldHaveSingleItem();
        // None is skipped either: nobody had to try again with another number.
        var serials = niks.Select(n => Nik.Parse(n).Serial).Order().ToList();
        serials.ShouldBe(Enumerable.Range(serials[0], 26));
    }

    [Fact]
    public async Task The_same_step_at_once_registers_one_child_and_answers_the_same()
    {
        var birth = Birth(registry.NextCouple());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => registry.Coordinator.SendAsync("civil-registry", birth)));

        var replies = await registry.Coordinator.RepliesAsync(birth.Step, 8);
        var niks = replies
            .Select(r => r.ShouldBeOfType<StepCompleted>().Outputs.GetProperty("childNik").GetString()).Distinct();
        var nik = Nik.Parse(niks.ShouldHaveSingleItem()!);
        (await registry.WithDatabaseAsync(db => db.Births.CountAsync(b => b.ApplicationId == birth.Step.ApplicationId)))
            .ShouldBe(1);
        (await registry.WithDatabaseAsync(db => db.Persons.CountAsync(p => p.Nik == nik))).ShouldBe(1);
    }

    [Fact]
    public async Task A_birth_that_is_cancelled_before_it_comes_is_not_registered()
    {
        var (birth, marker) = (Birth(registry.NextCouple()), Birth(registry.NextCouple()));
        await registry.Coordinator.SendAsync("civil-registry", TestSteps.Cancel(birth));
        (await registry.Coordinator.RepliesAsync(birth.Step, 1))[0].ShouldBeOfType<StepCancelled>();

        await registry.Coordinator.SendAsync("civil-registry", birth);
        await registry.CompleteAsync(marker);

        registry.Coordinator.Replies(birth.Step).Count.ShouldBe(1);
        (await registry.WithDatabaseAsync(db => db.Births.CountAsync(b => b.ApplicationId == birth.Step.ApplicationId)))
            .ShouldBe(0);
    }

    [Fact]
    public async Task A_registered_birth_is_not_cancelled_by_the_application()
    {
        var birth = Birth(registry.NextCouple());
        await registry.CompleteAsync(birth);

        await registry.Coordinator.SendAsync("civil-registry", TestSteps.Cancel(birth));

        (await registry.Coordinator.RepliesAsync(birth.Step, 2))[1].ShouldBeOfType<StepCancellationRefused>()
            .Reasons.ShouldHaveSingleItem().Requirement.ShouldBe("register-entry-stands");
    }

    [Fact]
    public Task A_mother_of_another_family_card_is_refused() =>
        registry.RefuseAsync(Birth(registry.NextCouple(), card: RegistryFixture.People[0].FamilyCardNumber),
            "mother-in-family-card", "/familyCardNumber");

    [Fact]
    public Task An_unknown_mother_is_refused()
    {
        var couple = registry.NextCouple();
        return registry.RefuseAsync(
            Birth(couple with { Mother = couple.Mother with { Nik = Nik.Parse("7402015505909999") } }),
            "mother-in-family-card", "/motherNik");
    }

    [Fact]
    public Task An_unknown_father_is_refused()
    {
        var couple = registry.NextCouple();
        return registry.RefuseAsync(
            Birth(couple with { Father = couple.Father with { Nik = Nik.Parse("7402011505909999") } }),
            "parents-plausible", "/fatherNik");
    }

    [Fact]
    public async Task A_mother_is_a_woman_a_father_a_man_and_they_are_two_persons()
    {
        var (couple, other) = (registry.NextCouple(), registry.NextCouple());
        await registry.RefuseAsync(Birth(couple with { Father = other.Mother }), "parents-plausible", "/fatherNik");
        await registry.RefuseAsync(Birth(couple with { Father = couple.Mother }), "parents-plausible", "/fatherNik");
        (await registry.Coordinator.AskAsync(Birth(new Couple(couple.Father, other.Father))))
            .ShouldBeOfType<StepRefused>().Reasons.Select(r => (r.Requirement, r.Pointer))
            .ShouldContain(("parents-plausible", "/motherNik"));
    }

    [Fact]
    public async Task A_father_who_died_before_the_birth_is_named_with_the_marriage_book()
    {
        var couple = registry.NextCouple();
        await registry.WithDatabaseAsync(db => db.Persons.Where(p => p.Nik == couple.Father.Nik).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.DeceasedOn, Born.AddDays(-100))
                .SetProperty(p => p.FamilyCardNumber, (string?)null)
                .SetProperty(p => p.FamilyRole, (Mpp.CivilRegistry.Persons.FamilyRole?)null)));
        var birth = Birth(couple);
        var item = (await registry.Coordinator.AskAsync(birth))
            .ShouldBeOfType<CorrectionRequested>().Items.ShouldHaveSingleItem();
        (item.Requirement, item.Pointer).ShouldBe(("marriage-proof", "/marriage"));

        var mended = Birth(couple, marriage: new { proof = "marriage-book", number = "12/3/2019" });
        var completed = await registry.CompleteAsync(
            mended with { Step = birth.Step with { Attempt = 2 }, Corrected = ["marriage-proof"] });

        var nik = Nik.Parse(completed.Outputs.GetProperty("childNik").GetString()!);
        (await registry.WithDatabaseAsync(db => db.Persons.SingleAsync(p => p.Nik == nik))).FatherNik
            .ShouldBe(couple.Father.Nik);
    }

    [Fact]
    public async Task The_same_child_under_another_letter_goes_to_an_officer_and_its_twin_does_not()
    {
        var couple = registry.NextCouple();
        await registry.CompleteAsync(Birth(couple, name: "Umar Faruk"));

        (await registry.Coordinator.AskAsync(Birth(couple, name: "umar  FARUK"))).ShouldBeOfType<StepAccepted>();
        (await registry.Coordinator.AskAsync(Birth(couple, name: "Ali Akbar", born: Born.AddDays(-60))))
            .ShouldBeOfType<StepAccepted>("no mother bears twice in sixty days");
        await registry.CompleteAsync(Birth(couple, name: "Usman Affan"));
    }

    [Fact]
    public async Task Of_one_child_filed_twice_at_the_same_time_one_goes_to_an_officer()
    {
        var couple = registry.NextCouple();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => registry.Coordinator.AskAsync(Birth(couple, name: "Bilal Habasyi"))));

        replies.OfType<StepCompleted>().ShouldHaveSingleItem();
        replies.OfType<StepAccepted>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_name_with_digits_punctuation_or_a_title_is_sent_back()
    {
        var item = (await registry.Coordinator.AskAsync(Birth(registry.NextCouple(), name: "Dr. Ahmad 2")))
            .ShouldBeOfType<CorrectionRequested>().Items.ShouldHaveSingleItem();
        (item.Requirement, item.Pointer).ShouldBe(("child-name", "/childName"));
    }

    [Fact]
    public async Task A_birth_letter_serves_once_however_it_is_written()
    {
        var letter = registry.NextLetter();
        await registry.CompleteAsync(Birth(registry.NextCouple(), letter: letter, issuer: "RSUD Konawe"));

        await registry.RefuseAsync(Birth(registry.NextCouple(), letter: letter.ToLowerInvariant().Replace('/', '-'),
            issuer: "R.S.U.D. KONAWE"), "birth-letter-unused", "/birthLetterNumber");
        await registry.CompleteAsync(Birth(registry.NextCouple(), letter: letter, issuer: "Puskesmas Unaaha"));
    }

    [Fact]
    public async Task Of_two_births_with_one_letter_at_the_same_time_one_is_refused()
    {
        var letter = registry.NextLetter();
        var births =
            new[] { Birth(registry.NextCouple(), letter: letter), Birth(registry.NextCouple(), letter: letter) };

        var replies = await Task.WhenAll(births.Select(registry.Coordinator.AskAsync));

        replies.OfType<StepCompleted>().ShouldHaveSingleItem();
        replies.OfType<StepRefused>()
            .ShouldHaveSingleItem().Reasons.ShouldHaveSingleItem().Requirement.ShouldBe("birth-letter-unused");
    }

    [Fact]
    public async Task A_birth_reported_after_sixty_days_is_approved_by_the_office()
    {
        await registry.CompleteAsync(Birth(registry.NextCouple(), born: RegistryFixture.Today.AddDays(-60)));
        var couple = registry.NextCouple();
        (await registry.Coordinator.AskAsync(Birth(couple, born: RegistryFixture.Today.AddDays(-61))))
            .ShouldBeOfType<StepAccepted>();
        await registry.CompleteAsync(
            Birth(couple, born: RegistryFixture.Today.AddDays(-61), approval: "470/12/2026"));
    }

    [Fact]
    public async Task It_says_before_anything_is_filed_what_the_register_tells()
    {
        var couple = registry.NextCouple();
        var found = await registry.Coordinator.QuestionAsync(TestSteps.Question("civil-registry/birth-certificate", new
        {
            motherNik = couple.Mother.Nik.Value,
            fatherNik = couple.Father.Nik.Value,
            familyCardNumber = "7402010101010001",
            birthDate = RegistryFixture.Today.AddDays(-90),
        }));

        found.Preconditions.Select(p => (p.Requirement, p.Status)).ShouldBe(
        [
            ("mother-in-family-card", PreconditionStatus.Missing), ("parents-plausible", PreconditionStatus.Fulfilled),
            ("marriage-proof", PreconditionStatus.Fulfilled), ("birth-date-plausible", PreconditionStatus.Fulfilled),
        ]);
    }

    [Fact]
    public async Task A_birth_in_the_future_or_before_the_mothers_is_refused()
    {
        await registry.RefuseAsync(
            Birth(registry.NextCouple(), born: RegistryFixture.Today.AddDays(1)), "birth-date-plausible", "/birthDate");
        await registry.RefuseAsync(
            Birth(registry.NextCouple(), born: new DateOnly(1950, 1, 1), approval: "470/12/2026"),
            "birth-date-plausible", "/birthDate");
    }

    [Fact]
    public async Task Input_that_does_not_fit_registers_nothing()
    {
        var birth = TestSteps.New("civil-registry/birth-certificate", new
        {
            childName = "",
            childSex = "unknown",
            birthDate = "yesterday",
            motherNik = "1",
            familyCardNumber = "12"
        });

        var refused = (await registry.Coordinator.AskAsync(birth)).ShouldBeOfType<StepRefused>();

        refused.Reasons.Select(r => r.Pointer).ShouldBe(
            ["/childName", "/childSex", "/birthDate", "/motherNik", "/birthPlace", "/birthLetterNumber",
                "/birthLetterIssuer"],
            ignoreOrder: true);
        (await registry.WithDatabaseAsync(db => db.Births.CountAsync(b => b.ApplicationId == birth.Step.ApplicationId)))
            .ShouldBe(0);
    }

    private StepRequest Birth(
        Couple couple, string name = "Ahmad Fauzan", string sex = "male", DateOnly? born = null, string? card = null,
        string? letter = null, string issuer = "RSUD Konawe", string? approval = null, object? marriage = null) =>
        TestSteps.New("civil-registry/birth-certificate", new
        {
            childName = name,
            childSex = sex,
            birthDate = born ?? Born,
            birthPlace = "Unaaha",
            motherNik = couple.Mother.Nik,
            fatherNik = couple.Father.Nik,
            familyCardNumber = card ?? couple.Mother.FamilyCardNumber,
            birthLetterNumber = letter ?? registry.NextLetter(),
            birthLetterIssuer = issuer,
            lateReportApproval = approval,
            marriage,
        });
}
