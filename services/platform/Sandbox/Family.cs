using Mpp.Contracts;

namespace Mpp.Sandbox;

/// <summary>One family of two to six people, everything about it drawn from its own seed.</summary>
internal sealed class Family(int number, Registrar registrar, int firstIndex)
{
    private Randomness _random = new(0x7402_2026UL * 1_000_003 + (ulong)number);

    public List<Person> People()
    {
        var today = Population.CountedOn;
        var district = _random.Pick(Words.Districts);
        var motherAge = _random.Between(21, 62);
        var motherBorn = Born(motherAge);
        var married = motherBorn.AddDays(365 * _random.Between(19, Math.Min(28, motherAge)) + _random.Below(300));
        married = Earlier(married, today.AddDays(-400));
        var births = Births(motherBorn, married);
        var fatherBorn = motherBorn.AddDays(-_random.Below(9 * 365));

        // Without a child there are two, or it would be no family.
        var alone = births.Count > 0 && _random.PerMille(60);
        var youngest = births.Count > 0 ? births[^1] : married;
        var card = registrar.FamilyCard(
            district, Earlier(youngest.AddDays(_random.Between(20, 90)), today.AddDays(-1)));
        DateOnly? fatherDied = !alone && _random.PerMille(50) ? After(youngest) : null;
        DateOnly? motherDied = !alone && fatherDied is null && _random.PerMille(25) ? After(youngest) : null;
        var (segment, jknHabit) = Insurance();

        var mother = registrar.Nik(FirstRegistered(district), motherBorn, Sex.Female);
        var father = alone ? (Nik?)null : registrar.Nik(FirstRegistered(district), fatherBorn, Sex.Male);
        var people = new List<Person>(6);
        if (father is { } husband)
        {
            people.Add(Adult(husband, Sex.Male, fatherBorn, FamilyRole.Head, fatherDied) with { SpouseNik = mother });
        }

        people.Add(Adult(mother, Sex.Female, motherBorn,
            alone || fatherDied is not null ? FamilyRole.Head : FamilyRole.Spouse, motherDied) with
        {
            SpouseNik = father
        });
        foreach (var born in births)
        {
            var sex = _random.PerMille(512) ? Sex.Male : Sex.Female;
            people.Add(Adult(registrar.Nik(district, born, sex), sex, born, FamilyRole.Child, died: null) with
            {
                MotherNik = mother,
                FatherNik = father
            });
        }

        return people;

        Person Adult(Nik nik, Sex sex, DateOnly born, FamilyRole role, DateOnly? died)
        {
            var index = firstIndex + people.Count;
            var person = new Person
            {
                Index = index,
                Nik = nik,
                Name = Name(sex),
                Sex = sex,
                BirthDate = born,
                BirthPlace = Words.BirthPlaces[_random.Below(
                    role == FamilyRole.Child ? Words.NearBirthPlaces : Words.BirthPlaces.Length)],
                District = district,
                FamilyCardNumber = card,
                Role = role,
                Deceased = died,
                Jkn = Membership(index, segment, jknHabit, died is not null),
            };
            // Drawn for everybody, so that a changed age limit does not change anything else.
            var (record, sanction) = (_random.Below(1000), _random.Below(1000));
            return person.AgeOn(today) < 18 ? person : person with
            {
                PoliceRecord = record switch
                {
                    < 42 => PoliceRecord.Open,
                    < 110 => PoliceRecord.Closed,
                    _ => PoliceRecord.None
                },
                Sanctioned = sanction < 15,
            };
        }
    }

    /// <summary>
    /// Up to four, two to five years apart, the mother from 19 to 42; children over 27 have a family card of their own.
    /// </summary>
    private List<DateOnly> Births(DateOnly motherBorn, DateOnly married)
    {
        var wanted = _random.Below(20) switch { < 1 => 0, < 5 => 1, < 12 => 2, < 17 => 3, _ => 4 };
        var births = new List<DateOnly>(4);
        var next = married.AddDays(_random.Between(280, 900));
        while (births.Count < wanted && next < Population.CountedOn.AddDays(-30) && next < motherBorn.AddYears(42))
        {
            if (next > Population.CountedOn.AddYears(-27))
            {
                births.Add(next);
            }

            next = next.AddDays(_random.Between(700, 1700));
        }

        return births;
    }

    private string Name(Sex sex)
    {
        var (first, last) = sex == Sex.Male ? (Words.MaleFirst, Words.MaleLast) : (Words.FemaleFirst, Words.FemaleLast);
        var words = _random.Below(20);
        var name = $"{_random.Pick(first)} {_random.Pick(last)}";
        // A second given name for some; names of one word are common too, but two tell people apart.
        return words < 5 ? $"{_random.Pick(first)} {name}" : name;
    }

    /// <summary>
    /// The family's segment, and of a thousand of its members, how many are active and how many inactive.
    /// </summary>
    private (JknSegment Segment, (int Active, int Inactive) Habit) Insurance()
    {
        var segment = _random.Below(100) switch
        {
            < 45 => JknSegment.Pbi,
            < 72 => JknSegment.Ppu,
            < 96 => JknSegment.Pbpu,
            _ => JknSegment.Bp
        };
        var paysItself = segment is JknSegment.Pbpu or JknSegment.Bp;
        var cares = _random.PerMille(930);
        return (segment, !cares ? (150, 300) : paysItself ? (900, 80) : (950, 40));
    }

    private JknMembership Membership(int person, JknSegment segment, (int Active, int Inactive) habit, bool deceased)
    {
        var (draw, reason) = (_random.Below(1000), _random.Below(4));
        var status = draw < habit.Active ? JknStatus.Active
            : draw < habit.Active + habit.Inactive ? JknStatus.Inactive : JknStatus.NotRegistered;
        return status == JknStatus.NotRegistered ? JknMembership.None
            : deceased ? new(JknStatus.Inactive, segment, "deceased", Registrar.Membership(person))
            : status == JknStatus.Active ? new(status, segment, InactiveReason: null, Registrar.Membership(person))
            : new(status, segment, reason == 0 ? "data-mismatch" : ReasonOf(segment), Registrar.Membership(person));
    }

    private static string ReasonOf(JknSegment segment) => segment switch
    {
        JknSegment.Pbi => "subsidy-ended",
        JknSegment.Ppu => "employment-ended",
        _ => "arrears",
    };

    /// <summary>One in eight comes from another district of the regency; a NIK does not change on moving.</summary>
    private RegionCode FirstRegistered(RegionCode home) => _random.PerMille(125) ? _random.Pick(Words.Districts) : home;

    private DateOnly Born(int age) => Population.CountedOn.AddYears(-age).AddDays(-1 - _random.Below(364));

    private DateOnly After(DateOnly earliest) =>
        earliest.AddDays(1 + _random.Below(Population.CountedOn.DayNumber - earliest.DayNumber - 1));

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
