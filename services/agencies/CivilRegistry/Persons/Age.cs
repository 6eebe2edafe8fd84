namespace Mpp.CivilRegistry.Persons;

internal static class Age
{
    /// <summary>
    /// Full years on a day. Somebody who was born on 29 February has the birthday on 28 February in other years.
    /// </summary>
    public static int On(DateOnly birthDate, DateOnly day)
    {
        var years = day.Year - birthDate.Year;
        return birthDate.AddYears(years) > day ? years - 1 : years;
    }
}
