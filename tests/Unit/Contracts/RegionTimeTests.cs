using System.Globalization;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Contracts;

public sealed class RegionTimeTests
{
    [Theory]
    [InlineData("31.71", "2026-11-22")] // Jakarta, 23:30
    [InlineData("74.02", "2026-11-23")] // Konawe, 00:30
    [InlineData("94", "2026-11-23")]    // Central Papua, 01:30
    public void The_day_is_the_regions_own(string region, string day) =>
        new Clock(new(2026, 11, 22, 16, 30, 0, TimeSpan.Zero))
            .Today(RegionCode.Parse(region)).ShouldBe(DateOnly.Parse(day, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("61", 7)]
    [InlineData("63", 8)]
    [InlineData("76", 8)]
    [InlineData("82", 9)]
    [InlineData("96", 9)]
    public void Each_province_has_its_zone(string region, int hours) =>
        RegionCode.Parse(region).TimeZone().BaseUtcOffset.ShouldBe(TimeSpan.FromHours(hours));

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
