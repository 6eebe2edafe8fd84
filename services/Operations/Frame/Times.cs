namespace Mpp.Operations.Frame;

/// <summary>Moments in a region's time, and spans, short enough for a table.</summary>
internal static class Times
{
    private static readonly string[] Indonesian =
        ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

    private static readonly string[] English =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>For example <c>27 Nov 2026, 14:05 WITA</c>.</summary>
    public static string Of(DateTimeOffset moment, RegionCode region, string language)
    {
        var local = TimeZoneInfo.ConvertTime(moment, region.TimeZone());
        var zone = local.Offset.Hours switch { 7 => "WIB", 8 => "WITA", _ => "WIT" };
        var month = (language == "en" ? English : Indonesian)[local.Month - 1];
        var time = language == "en"
            ? local.ToString("HH:mm", CultureInfo.InvariantCulture)
            : local.ToString("HH.mm", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Day} {month} {local.Year}, {time} {zone}");
    }

    /// <summary>For a machine, in the attribute of <c>time</c>.</summary>
    public static string Machine(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The two largest units of a span: <c>2 d 3 h</c>, <c>2 hr 3 jam</c>.</summary>
    public static string Span(TimeSpan span, string language)
    {
        var (day, hour, minute, second) = language == "en" ? ("d", "h", "min", "s") : ("hr", "jam", "mnt", "dtk");
        var (large, small) = span.Duration() switch
        {
            { TotalDays: >= 1 } s => ((s.Days, day), (s.Hours, hour)),
            { TotalHours: >= 1 } s => ((s.Hours, hour), (s.Minutes, minute)),
            { TotalMinutes: >= 1 } s => ((s.Minutes, minute), (s.Seconds, second)),
            var s => ((s.Seconds, second), (0, "")),
        };
        return small.Item1 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{large.Item1} {large.Item2}")
            : string.Create(CultureInfo.InvariantCulture, $"{large.Item1} {large.Item2} {small.Item1} {small.Item2}");
    }

    /// <summary>A whole number with the language's separators.</summary>
    public static string Number(long number, string language) => number
        .ToString("#,0", language == "en" ? CultureInfo.InvariantCulture : Dotted);

    private static readonly NumberFormatInfo Dotted = new()
    {
        NumberGroupSeparator = ".",
        NumberDecimalSeparator = ",",
    };
}
