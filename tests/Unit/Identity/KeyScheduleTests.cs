using Mpp.Identity.Keys;
using Shouldly;

namespace Mpp.Unit.Identity;

public sealed class KeyScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_key_signs_at_once() => KeySchedule.Next([], Start).ShouldBe(Start);

    [Fact]
    public void The_next_one_is_made_an_hour_before_it_signs()
    {
        var due = Start + KeySchedule.Turn;

        KeySchedule.Next([Start], due - KeySchedule.Ahead - TimeSpan.FromTicks(1)).ShouldBeNull();
        KeySchedule.Next([Start], due - KeySchedule.Ahead).ShouldBe(due);
        KeySchedule.Next([Start, due], due - KeySchedule.Ahead).ShouldBeNull();
    }

    [Fact]
    public void After_a_long_stop_it_is_still_published_for_an_hour_first()
    {
        var late = Start + 2 * KeySchedule.Turn;

        KeySchedule.Next([Start], late).ShouldBe(late + KeySchedule.Ahead);
    }

    [Fact]
    public void A_key_signs_until_the_next_ones_time_has_come()
    {
        string[] keys = ["first", "second"];
        DateTimeOffset From(string key) => key == "first" ? Start : Start + KeySchedule.Turn;

        KeySchedule.Signing(keys, From, Start.AddTicks(-1)).ShouldBeNull();
        KeySchedule.Signing(keys, From, Start).ShouldBe("first");
        KeySchedule.Signing(keys, From, Start + KeySchedule.Turn - TimeSpan.FromTicks(1)).ShouldBe("first");
        KeySchedule.Signing(keys, From, Start + KeySchedule.Turn).ShouldBe("second");
    }

    [Fact]
    public void A_key_goes_when_the_tokens_of_its_turn_are_over_and_the_last_one_never()
    {
        DateTimeOffset[] keys = [Start, Start + KeySchedule.Turn];
        var over = Start + KeySchedule.Turn + KeySchedule.Behind;

        KeySchedule.Over(keys, key => key, over - TimeSpan.FromTicks(1)).ShouldBeEmpty();
        KeySchedule.Over(keys, key => key, over).ShouldBe([Start]);
        KeySchedule.Over([Start], key => key, over.AddYears(1)).ShouldBeEmpty();
    }
}
