using System.Globalization;

namespace Mpp.Sandbox;

/// <summary>Somebody in the register of health workers.</summary>
/// <param name="Person">Who.</param>
/// <param name="Profession">What they work as.</param>
/// <param name="StrNumber">The number of the registration (STR): two letters and fourteen digits, unique.</param>
/// <param name="Suspended">Whether the registration is suspended.</param>
/// <param name="EnoughCredits">Whether there are enough professional credits (SKP) to renew a practice licence.</param>
public sealed record HealthWorker(
    Person Person, HealthProfession Profession, string StrNumber, bool Suspended, bool EnoughCredits);

/// <summary>The professions of the sandbox's health workers.</summary>
public enum HealthProfession
{
    /// <summary>Dokter.</summary>
    Doctor,

    /// <summary>Dokter gigi.</summary>
    Dentist,

    /// <summary>Perawat.</summary>
    Nurse,

    /// <summary>Bidan.</summary>
    Midwife,

    /// <summary>Apoteker.</summary>
    Pharmacist,
}

/// <summary>The health workers of a population: about one adult in twenty-five, always the same.</summary>
public static class HealthWorkers
{
    private static readonly string[] Letters = ["DR", "DG", "PR", "BD", "AP"];

    /// <summary>Everybody in the register.</summary>
    /// <param name="people">The population.</param>
    public static IEnumerable<HealthWorker> Of(IReadOnlyList<Person> people) =>
        from person in people
        where person.Deceased is null && person.AgeOn(Population.CountedOn) is >= 23 and <= 60
        let draw = unchecked((uint)person.Index * 2_654_435_761u) >> 8
        where draw % 1000 < 40
        let profession = draw / 1000 % 5
        select new HealthWorker(
            person,
            (HealthProfession)profession,
            string.Create(CultureInfo.InvariantCulture,
                $"{Letters[profession]}{(person.Index + 1L) * 387_420_489 % 100_000_000_000_000:D14}"),
            Suspended: draw / 5000 % 10 == 0,
            EnoughCredits: draw / 50_000 % 8 != 0);

    /// <summary>
    /// Those for whom the package <c>health-worker-licence</c> succeeds for a first place of practice.
    /// </summary>
    /// <param name="people">The population.</param>
    public static IEnumerable<HealthWorker> Ready(IReadOnlyList<Person> people) => Of(people).Where(w => !w.Suspended);
}
