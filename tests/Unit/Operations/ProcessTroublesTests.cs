using Mpp.Operations.Troubles;
using Shouldly;

namespace Mpp.Unit.Operations;

public sealed class ProcessTroublesTests
{
    private static readonly WatchedProcess Well = new(
        "police", TimeSpan.FromSeconds(2), TimeSpan.Zero, TimeSpan.FromHours(5), TimeSpan.FromSeconds(5), [], 0.1, 0, 0,
        [("police", 0, 1), ("police_error", 0, 0)]);

    [Fact]
    public void A_service_that_is_well_has_no_trouble() => ProcessTroubles.Of([Well]).ShouldBeEmpty();

    [Fact]
    public void Silence_is_noticed_after_ten_seconds_and_not_while_another_process_of_the_service_lives()
    {
        var silent = Well with { Age = TimeSpan.FromSeconds(10.1) };

        Kinds(silent).ShouldBe([TroubleKind.ServiceSilent]);
        Kinds(silent, Well).ShouldBeEmpty();
    }

    [Fact]
    public void Each_trouble_is_found()
    {
        Kinds(Well with { Failing = ["rabbitmq"] }).ShouldBe([TroubleKind.ServiceFailing]);
        Kinds(Well with { OutboxOldestSeconds = 31 }).ShouldBe([TroubleKind.RelayStopped]);
        Kinds(Well with { TimersOverdue = 1 }).ShouldBe([TroubleKind.TimersLate]);
        Kinds(Well with { Dead = 1 }).ShouldBe([TroubleKind.DeadMessages]);
        Kinds(Well with { Queues = [("police_skipped", 2, 0)] }).ShouldBe([TroubleKind.DeadMessages]);
        Kinds(Well with { Queues = [("police", 1, 0)] }).ShouldBe([TroubleKind.QueueGrowing]);
        Kinds(Well with { Queues = [("police", 1_000, 1)] }).ShouldBe([TroubleKind.QueueGrowing]);
        Kinds(Well with { Ahead = TimeSpan.FromSeconds(-6) }).ShouldBe([TroubleKind.ClockSkew]);
    }

    [Fact]
    public void Three_starts_in_ten_minutes_are_a_loop_and_a_deployment_is_not()
    {
        var ended = Well with { Age = TimeSpan.FromMinutes(3), RunsFor = TimeSpan.FromMinutes(4) };

        Kinds(Well, ended).ShouldBeEmpty();
        Kinds(Well, ended, ended, ended).ShouldBe([TroubleKind.Restarts]);
    }

    private static IEnumerable<TroubleKind> Kinds(params WatchedProcess[] processes) =>
        ProcessTroubles.Of(processes).Select(trouble => trouble.Kind);
}
