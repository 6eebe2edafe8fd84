using Mpp.Hosting.Json;
using Mpp.Hosting.Start;

namespace Mpp.Applications.Calendar;

/// <summary>A file of <c>Calendar/Days</c>: one year.</summary>
/// <param name="Year">As in the file's name.</param>
/// <param name="Decree">The decree that sets the year's days.</param>
/// <param name="Verified">Whether somebody has compared the days with the signed text of the decree.</param>
/// <param name="Days">Its free days besides weekends.</param>
/// <param name="Note">What was compared instead, and what may still change.</param>
internal sealed record CalendarFile(
    int Year, Decree Decree, bool Verified, IReadOnlyList<DayOff> Days, string? Note = null);

/// <summary>Reads the calendar that is built into this service, and refuses it with the place of each fault.</summary>
internal static class CalendarFiles
{
    private const string Folder = "calendar/";

    /// <exception cref="AggregateException">Holds a <see cref="StartException"/> for each fault, with its
    /// file and place.</exception>
    public static IReadOnlyList<CalendarFile> Load()
    {
        var assembly = typeof(CalendarFiles).Assembly;
        return Read(assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return (name[Folder.Length..], reader.ReadToEnd());
            }));
    }

    /// <inheritdoc cref="Load"/>
    /// <param name="files">Name, for example <c>2026.json</c>, and text.</param>
    public static IReadOnlyList<CalendarFile> Read(IEnumerable<(string Name, string Text)> files)
    {
        var (read, faults) = (new List<CalendarFile>(), new List<string>());
        foreach (var (name, text) in files)
        {
            try
            {
                var file = JsonSerializer.Deserialize<CalendarFile>(text, MppJson.Options)
                    ?? throw new JsonException("The file is empty.");
                read.Add(file);
                faults.AddRange(Faults(file, name).Select(f => $"{name}{f}"));
            }
            catch (JsonException fault)
            {
                faults.Add($"{name} at {fault.Path}, line {fault.LineNumber + 1}: {fault.Message}");
            }
        }

        return faults.Count == 0
            ? read
            : throw new AggregateException("The calendar has faults.", faults.Select(f => new StartException(f)));
    }

    public static WorkingCalendar Calendar(this IReadOnlyList<CalendarFile> files) =>
        new(files.Select(f => f.Year), files.SelectMany(f => f.Days));

    private static IEnumerable<string> Faults(CalendarFile file, string name)
    {
        if (name != string.Create(CultureInfo.InvariantCulture, $"{file.Year}.json"))
        {
            yield return $"/year: {file.Year} is not the year in the file's name.";
        }

        if (string.IsNullOrWhiteSpace(file.Decree.Number))
        {
            yield return "/decree/number: the source is missing.";
        }

        for (var i = 0; i < file.Days.Count; i++)
        {
            foreach (var fault in Faults(file, i))
            {
                yield return $"/days/{i}{fault}";
            }
        }
    }

    private static IEnumerable<string> Faults(CalendarFile file, int index)
    {
        var day = file.Days[index];
        if (day.Date.Year != file.Year)
        {
            yield return $"/date: {day.Date:yyyy-MM-dd} is not in {file.Year}.";
        }

        if (string.IsNullOrWhiteSpace(day.Name))
        {
            yield return "/name: the name is missing.";
        }

        if ((day.Decree ?? file.Decree).InForceFrom > day.Date)
        {
            yield return $"/decree/inForceFrom: {day.Date:yyyy-MM-dd} was over before the decree was in force.";
        }

        for (var i = 0; i < (day.Regions?.Count ?? 0); i++)
        {
            if (!day.Regions![i].IsKnown)
            {
                yield return $"/regions/{i}: there is no region {day.Regions[i]}.";
            }
        }

        if (day.Regions is { Count: 0 })
        {
            yield return "/regions: name a region, or leave the field out for the whole country.";
        }

        for (var i = 0; i < index; i++)
        {
            if (file.Days[i].Date == day.Date && Overlap(file.Days[i].Regions, day.Regions))
            {
                yield return $"/date: {day.Date:yyyy-MM-dd} is free already by /days/{i}.";
            }
        }
    }

    private static bool Overlap(IReadOnlyList<RegionCode>? some, IReadOnlyList<RegionCode>? others) =>
        some is null || others is null || some.Any(a => others.Any(b => a.Contains(b) || b.Contains(a)));
}
