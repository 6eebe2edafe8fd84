using System.Globalization;
using System.Text.Json;
using Mpp.Contracts;
using Mpp.Hosting.Json;
using Shouldly;

namespace Mpp.Unit.Contracts;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-11-22T10:00:00+08:00", "2026-11-22T02:00:00.0000000")]
    [InlineData("2026-11-22T02:00:00Z", "2026-11-22T02:00:00.0000000")]
    [InlineData("2026-11-22t02:00:00z", "2026-11-22T02:00:00.0000000")]
    [InlineData("2026-11-22T02:00:00.1Z", "2026-11-22T02:00:00.1000000")]
    [InlineData("2026-11-22T02:00:00.123456789Z", "2026-11-22T02:00:00.1234567")]
    [InlineData("2026-11-22T02:00:00.12345678901234567890Z", "2026-11-22T02:00:00.1234567")]
    [InlineData("2026-11-22T02:00:00-00:00", "2026-11-22T02:00:00.0000000")]
    [InlineData("2026-11-22T02:00:00.999999999-23:59", "2026-11-23T01:59:00.9999999")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    [InlineData("0001-01-01T08:00:00+08:00", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.9999999")]
    public void Every_form_of_the_standard_is_read(string text, string utc)
    {
        Rfc3339.TryParse(text, out var moment).ShouldBeTrue();
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture).ShouldBe(utc);
        JsonSerializer.Deserialize<DateTimeOffset?>($"\"{text}\"", MppJson.Options).ShouldBe(moment);
    }

    [Fact]
    public void The_offset_that_was_given_stays()
    {
        Rfc3339.TryParse("2026-11-22T10:00:00+08:00", out var moment).ShouldBeTrue();
        moment.Offset.ShouldBe(TimeSpan.FromHours(8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T10:00:00")]
    [InlineData("2026-11-22 10:00:00Z")]
    [InlineData("2026-11-22T10:00Z")]
    [InlineData("2026-11-22T10:00:00.Z")]
    [InlineData("2026-11-22T10:00:00,5Z")]
    [InlineData("2026-11-22T10:00:00+0800")]
    [InlineData("2026-11-22T10:00:00+08")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T10:60:00Z")]
    [InlineData("2026-11-22T10:00:61Z")]
    [InlineData("2026-11-22T10:00:00+24:00")]
    [InlineData("2026-11-22T10:00:00+08:60")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("2026-13-01T10:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2026-11-22T10:00:00Z\n")]
    [InlineData("2026-11-22T10:00:00٠Z")]
    [InlineData("٢026-11-22T10:00:00Z")]
    public void Anything_else_is_refused(string? text) => Rfc3339.TryParse(text, out _).ShouldBeFalse();
}
