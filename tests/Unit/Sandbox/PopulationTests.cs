using System.Security.Cryptography;
using System.Text;
using Mpp.Contracts;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Unit.Sandbox;

public sealed class PopulationTests
{
    private static readonly IReadOnlyList<Person> Thousand = Population.Generate();
    private static readonly IReadOnlyList<Person> Many = Population.Generate(50_000);

    [Fact]
    public void It_is_the_same_on_every_machine_and_every_day()
    {
        var text = string.Join('\n', Thousand.Select(p =>
            $"{p.Index} {p.Nik.Value} {p.Name} {p.Sex} {p.BirthDate:O} {p.BirthPlace} {p.District} "
            + $"{p.FamilyCardNumber} {p.Role} {p.MotherNik?.Value} {p.FatherNik?.Value} {p.SpouseNik?.Value} "
            + $"{p.Deceased:O} {p.PoliceRecord} {p.Jkn.Status} {p.Jkn.Segment} {p.Jkn.InactiveReason} "
            + $"{p.Jkn.MembershipNumber} {p.Sanctioned}"));

        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
            .ShouldBe("3a0decac56164016e62783d69da708feabfb46b51d75e2358a1a881010472bca", "The sandbox holds other "
                + "people than before: documentation, demonstrations and tests name some of them.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(999)]
    public void A_person_does_not_depend_on_how_many_are_asked_for(int people) =>
        Population.Generate(people).ShouldBe(Many.Take(people));

    [Fact]
    public void Numbers_are_unique()
    {
        Many.Select(p => p.Nik).ShouldBeUnique();
        Many.Where(p => p.Jkn.MembershipNumber is not null).Select(p => p.Jkn.MembershipNumber).ShouldBeUnique();
        Many.Select(p => p.Index).ShouldBe(Enumerable.Range(0, Many.Count));
    }

    [Fact]
    public void A_NIK_tells_the_region_birth_date_and_sex_of_its_holder() =>
        Many.ShouldAllBe(p => Population.Region.Contains(p.Nik.Region)
            && p.Nik.BirthDate(Population.CountedOn) == p.BirthDate
            && p.Nik.Sex == p.Sex
            && p.Nik.Warnings.Count == 0);

    [Fact]
    public void A_family_is_two_to_six_people_with_one_card_and_one_living_head()
    {
        // The last family may be cut.
        var families = Many.GroupBy(p => p.FamilyCardNumber).SkipLast(1).ToList();

        families.ShouldAllBe(f => f.Count() >= 2 && f.Count() <= 6);
        families.ShouldAllBe(f => f.Count(p => p.Role == FamilyRole.Head && p.Deceased == null) == 1);
        families.ShouldAllBe(f => f.Select(p => p.District).Distinct().Count() == 1);
        families.ShouldAllBe(f => f.Max(p => p.Index) - f.Min(p => p.Index) == f.Count() - 1);
        families.ShouldAllBe(f => f.Key.Length == 16 && f.Key.All(char.IsAsciiDigit)
            && f.Key.StartsWith(f.First().District.Value.Replace(".", ""), StringComparison.Ordinal));
    }

    [Fact]
    public void Husband_and_wife_name_each_other()
    {
        var byNik = Many.ToDictionary(p => p.Nik);
        var married = Many.SkipLast(6).Where(p => p.SpouseNik is not null).ToList();

        married.ShouldAllBe(p => byNik[p.SpouseNik!.Value].SpouseNik == p.Nik && byNik[p.SpouseNik.Value].Sex != p.Sex);
        married.ShouldAllBe(p => p.AgeOn(Population.CountedOn) >= 20);
    }

    [Fact]
    public void Children_have_parents_of_a_plausible_age()
    {
        var byNik = Many.ToDictionary(p => p.Nik);
        var children = Many.Where(p => p.Role == FamilyRole.Child).ToList();

        children.ShouldAllBe(c => byNik[c.MotherNik!.Value].Sex == Sex.Female
            && byNik[c.MotherNik.Value].FamilyCardNumber == c.FamilyCardNumber);
        children.ShouldAllBe(c => byNik[c.MotherNik!.Value].AgeOn(c.BirthDate) >= 19
            && byNik[c.MotherNik.Value].AgeOn(c.BirthDate) <= 42);
        children.Where(c => c.FatherNik is not null)
            .ShouldAllBe(c => byNik[c.FatherNik!.Value].AgeOn(c.BirthDate) >= 19
                && byNik[c.FatherNik.Value].AgeOn(c.BirthDate) <= 52);
        children.ShouldAllBe(c => c.AgeOn(Population.CountedOn) <= 27 && c.BirthDate < Population.CountedOn);
    }

    [Fact]
    public void Nobody_died_before_birth_or_after_the_count()
    {
        Many.Where(p => p.Deceased is not null)
            .ShouldAllBe(p => p.Deceased > p.BirthDate && p.Deceased < Population.CountedOn);
        Many.Where(p => p is { Deceased: not null, Jkn.Status: JknStatus.Active }).ShouldBeEmpty();
    }

    [Fact]
    public void Only_adults_have_a_police_record_or_a_sanction() =>
        Many.Where(p => p.AgeOn(Population.CountedOn) < 18)
            .ShouldAllBe(p => p.PoliceRecord == PoliceRecord.None && !p.Sanctioned);

    [Theory]
    [InlineData(1_000)]
    [InlineData(50_000)]
    public void Shares_are_as_announced(int people)
    {
        var some = Many.Take(people).ToList();
        double Share(Func<Person, bool> of) => 100.0 * some.Count(of) / some.Count;

        Share(p => p.Jkn.Status == JknStatus.Active).ShouldBe(85, 3);
        Share(p => p.PoliceRecord == PoliceRecord.Open).ShouldBe(3, 1);
        Share(p => p.Deceased is not null).ShouldBe(2, 0.8);
        Share(p => p.Sanctioned).ShouldBe(1, 0.5);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(50_000)]
    public void There_are_enough_people_for_every_package(int people)
    {
        var some = Many.Take(people).ToList();

        Population.JobSeekers(some).Count().ShouldBeGreaterThan(people / 4);
        Population.Owners(some).Count().ShouldBeGreaterThan(people / 4);
        Population.Couples(some).Count().ShouldBeGreaterThan(people / 20);
    }
}
