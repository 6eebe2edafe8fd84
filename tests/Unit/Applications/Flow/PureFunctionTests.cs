using System.Globalization;
using System.Text.Json;
using Mpp.Applications.Calendar;
using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

public sealed class PureFunctionTests
{
    [Theory]
    [InlineData("/a", "1")]
    [InlineData("/b/1", "true")]
    [InlineData("/c~1d/e~0f", "\"x\"")]
    [InlineData("/b/01", null)]
    [InlineData("/b/-", null)]
    [InlineData("/b/2", null)]
    [InlineData("/n", null)]
    [InlineData("/a/deeper", null)]
    public void A_pointer_leads_to_its_value_or_to_nothing(string pointer, string? expected)
    {
        var document = JsonElement.Parse("""{"a":1,"b":[false,true],"c/d":{"e~f":"x"},"n":null}""");
        JsonPointer.Resolve(document, JsonPointer.Split(pointer))?.GetRawText().ShouldBe(expected);
    }

    [Theory]
    [InlineData(30, DeadlineUnit.Minutes, "2026-11-20T01:30:00Z")]
    // Friday 20 November, 09.00 in Konawe (UTC+8): the third day ends at midnight there.
    [InlineData(3, DeadlineUnit.CalendarDays, "2026-11-23T16:00:00Z")]
    [InlineData(1, DeadlineUnit.WorkingDays, "2026-11-23T16:00:00Z")]
    [InlineData(5, DeadlineUnit.WorkingDays, "2026-11-27T16:00:00Z")]
    public void A_step_is_due_at_the_end_of_its_last_day_in_the_region(int duration, DeadlineUnit unit, string due)
    {
        var start = new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
        new DeadlineClock(WorkingCalendar.WeekendsOnly)
            .Of(new StepDeadline(duration, unit, OnLapse.Escalate), RegionCode.Parse("74.02"), start)
            .ShouldBe(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture));
    }
}
