using Mpp.Identity.Accounts;
using Shouldly;

namespace Mpp.Unit.Identity;

public sealed class LockOutTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_fifth_wrong_password_locks_for_a_quarter_of_an_hour()
    {
        var state = default(LockOut);
        for (var turn = 1; turn < LockOut.Limit; turn++)
        {
            state = state.Attempted(Now);
            state.IsLocked(Now).ShouldBeFalse();
        }

        state = state.Attempted(Now);

        state.IsLocked(Now).ShouldBeTrue();
        state.IsLocked(Now.AddMinutes(15).AddTicks(-1)).ShouldBeTrue();
        state.IsLocked(Now.AddMinutes(15)).ShouldBeFalse();
        state.Failures.ShouldBe(0, "the next lock takes five more");
    }
}
