namespace Mpp.Applications.Calendar;

internal static class CalendarSetup
{
    public static void AddWorkingCalendar(this IServiceCollection services)
    {
        services.AddSingleton(_ => CalendarFiles.Load());
        services.AddSingleton(provider => provider.GetRequiredService<IReadOnlyList<CalendarFile>>().Calendar());
        services.AddHostedService<CalendarNotice>();
    }
}

/// <summary>
/// Logs at start which years the calendar covers. In other years a due time leaves out weekends only, so it is earlier
/// than by law.
/// </summary>
internal sealed partial class CalendarNotice(
    IReadOnlyList<CalendarFile> files, TimeProvider time, ILogger<CalendarNotice> logger) : IHostedService
{
    /// <summary>The capital's region: the exact day matters here only around New Year.</summary>
    private static readonly RegionCode Capital = RegionCode.Parse("31");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (today, years, unverified) = (time.Today(Capital), Joined(files), Joined(files.Where(f => !f.Verified)));
        // From autumn on, deadlines of today reach into the next year. By then its decree is out.
        if (((int[])[today.Year, today.AddMonths(3).Year]).All(y => files.Any(f => f.Year == y)))
        {
            LogCovered(logger, years, unverified);
        }
        else
        {
            LogUncovered(logger, years, unverified);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Joined(IEnumerable<CalendarFile> files) =>
        files.Any() ? string.Join(", ", files.Select(f => f.Year).Order()) : "none";

    [LoggerMessage(1, LogLevel.Information, "Holidays and collective leave are known for {Years} (not compared "
        + "with the decree's signed text: {Unverified}); in other years only weekends are free.")]
    private static partial void LogCovered(ILogger logger, string years, string unverified);

    [LoggerMessage(2, LogLevel.Warning, "Holidays and collective leave are known for {Years} only (not compared "
        + "with the decree's signed text: {Unverified}), but deadlines of today run into another year, in which only "
        + "weekends are free. Add its file to services/Applications/Calendar/Days.")]
    private static partial void LogUncovered(ILogger logger, string years, string unverified);
}
