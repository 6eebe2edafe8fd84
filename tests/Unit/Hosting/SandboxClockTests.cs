using Mpp.Hosting.Clock;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class SandboxClockTests : IDisposable
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("mpp-clock").FullName;

    private string ClockFile => Path.Combine(_folder, "clock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("five days", 0)]
    [InlineData("-1.00:00:00", 0)]
    [InlineData("9999.00:00:00", 0)]
    [InlineData("5.00:00:00", 5)]
    public void It_starts_where_the_file_says(string? text, int days)
    {
        if (text is not null)
        {
            File.WriteAllText(ClockFile, text);
        }

        var clock = new SandboxClock(ClockFile);

        clock.Offset.ShouldBe(TimeSpan.FromDays(days));
        clock.GetUtcNow().ShouldBe(TimeProvider.System.GetUtcNow().AddDays(days), Slack);
    }

    [Fact]
    public async Task A_move_is_seen_at_once_by_the_one_and_soon_by_the_others_and_stays_after_a_restart()
    {
        var (mover, follower) = (new SandboxClock(ClockFile), new SandboxClock(ClockFile));

        mover.Move(TimeSpan.FromDays(5));

        mover.Offset.ShouldBe(TimeSpan.FromDays(5));
        await Task.Delay(SandboxClock.SeenWithin);
        follower.Offset.ShouldBe(TimeSpan.FromDays(5));
        new SandboxClock(ClockFile).Offset.ShouldBe(TimeSpan.FromDays(5));
        Directory.GetFiles(_folder).ShouldBe([ClockFile]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.00:00:00")]
    public async Task It_never_goes_back(string? text)
    {
        var clock = new SandboxClock(ClockFile);
        clock.Move(TimeSpan.FromDays(5));
        File.Delete(ClockFile);
        if (text is not null)
        {
            await File.WriteAllTextAsync(ClockFile, text);
        }

        await Task.Delay(SandboxClock.SeenWithin);

        clock.Offset.ShouldBe(TimeSpan.FromDays(5));
        Should.Throw<ArgumentOutOfRangeException>(() => clock.Move(TimeSpan.FromDays(4)));
        Should.Throw<ArgumentOutOfRangeException>(() => clock.Move(SandboxClock.Longest + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public async Task Time_that_is_measured_does_not_jump_and_timers_take_their_time()
    {
        var clock = new SandboxClock(ClockFile);
        var start = clock.GetTimestamp();
        var delay = Task.Delay(Slack, clock);

        clock.Move(TimeSpan.FromDays(5));
        await Task.Delay(TimeSpan.FromMilliseconds(20), clock);

        clock.GetElapsedTime(start).ShouldBeLessThan(Slack);
        delay.IsCompleted.ShouldBeFalse();
    }
}
