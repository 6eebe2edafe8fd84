using System.Globalization;

namespace Mpp.Sandbox;

/// <summary>A driving licence (SIM) of the sandbox.</summary>
/// <param name="Person">The holder.</param>
/// <param name="Class"><c>A</c> (cars) or <c>C</c> (motorcycles).</param>
/// <param name="Number">Fourteen digits, unique.</param>
/// <param name="ValidUntil">The last day; some have passed.</param>
public sealed record DrivingLicence(Person Person, string Class, string Number, DateOnly ValidUntil);

/// <summary>
/// The driving licences of a population, always the same: six adults in ten for motorcycles, two for cars.
/// </summary>
public static class Drivers
{
    /// <summary>Every licence.</summary>
    /// <param name="people">The population.</param>
    public static IEnumerable<DrivingLicence> Of(IReadOnlyList<Person> people) =>
        from person in people
        where person.Deceased is null && person.AgeOn(Population.CountedOn) is >= 18 and <= 70
        let draw = unchecked((uint)person.Index * 2_246_822_519u) >> 8
        from licence in new[]
        {
            (Class: "C", Has: draw % 10 < 6, Digit: 3), (Class: "A", Has: draw / 10 % 10 < 2, Digit: 1)
        }
        where licence.Has
        select new DrivingLicence(
            person,
            licence.Class,
            string.Create(CultureInfo.InvariantCulture,
                $"{licence.Digit}{(person.Index + 1L) * 387_420_489 % 10_000_000_000_000:D13}"),
            Population.CountedOn.AddDays((int)(draw / 100 % 1825)));
}
