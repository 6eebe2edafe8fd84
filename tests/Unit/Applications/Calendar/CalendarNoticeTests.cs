using System.Globalization;
using Microsoft.Extensions.Logging;
using Mpp.Applications.Calendar;
using Shouldly;

namespace Mpp.Unit.Applications.Calendar;

public sealed class CalendarNoticeTests
{
    [Theory]
    [InlineData("2026-11-22", LogLevel.Information)]
    [InlineData("2027-09-30", LogLevel.Information)]
    [InlineData("2027-10-02", LogLevel.Warning)] // three months later it is 2028
    [InlineData("2028-01-01", LogLevel.Warning)]
    [InlineData("2024-12-31", LogLevel.Warning)]
    public async Task The_log_says_once_at_start_which_years_have_holidays_and_warns_when_deadlines_run_past_them(
        string today, LogLevel level)
    {
        var log = new Recorder();

        await new CalendarNotice(CalendarFiles.Load(), new Clock(today), log).StartAsync(default);

        var (logged, text) = log.Entries.ShouldHaveSingleItem();
        logged.ShouldBe(level);
        text.ShouldContain("known for 2025, 2026, 2027");
        text.ShouldContain("signed text: 2025, 2026, 2027");
        text.ShouldContain("only weekends are free");
    }

    private sealed class Clock(string today) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.Parse(today + "T12:00:00+07:00", CultureInfo.InvariantCulture);
    }

    private sealed class Recorder : ILogger<CalendarNotice>
    {
        public List<(LogLevel, string)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception)));
    }
}
