using Microsoft.EntityFrameworkCore;
using Mpp.Contracts.Operations;
using Mpp.Contracts.Steps;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Operations;

/// <summary>The console follows the applications, whatever order and however often it is told.</summary>
[Collection(ConsoleTests.Name)]
public sealed class ProjectionTests(ConsoleFixture console)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_is_told_late_or_twice_changes_nothing()
    {
        var id = Guid.CreateVersion7();
        const string Number = "7402-271126-AAAAAA";
        await console.TellAsync(Changes.Of(id, Number, 3, StepStatus.Completed, ApplicationStatus.Completed));
        await UntilAsync(id, entries: 1);

        await console.TellAsync(Changes.Of(id, Number, 2, StepStatus.Requested, ApplicationStatus.InProgress));
        await console.TellAsync(Changes.Of(id, Number, 1, StepStatus.Waiting, ApplicationStatus.Submitted));
        await console.TellAsync(Changes.Of(id, Number, 3, StepStatus.Completed, ApplicationStatus.Completed));
        await UntilAsync(id, entries: 3);

        var (application, steps) = await console.ReadAsync(async database => (
            await database.Applications.SingleAsync(a => a.Id == id),
            await database.Steps.Where(s => s.ApplicationId == id).ToListAsync()));
        (application.Sequence, application.Status).ShouldBe((3, ApplicationStatus.Completed));
        steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Completed);
    }

    [Fact]
    public async Task What_was_missed_is_asked_for()
    {
        var id = Guid.CreateVersion7();
        console.Mall.Known[id] = Changes.Of(
            id, "7402-271126-BBBBBB", 7, StepStatus.InProgress, ApplicationStatus.InProgress);
        try
        {
            await UntilAsync(id, entries: 1);
            (await console.ReadAsync(database => database.Applications.SingleAsync(a => a.Id == id))).Sequence
                .ShouldBe(7);
        }
        finally
        {
            console.Mall.Known.Clear();
        }
    }

    [Fact]
    public async Task A_service_that_lives_is_shown_as_running_and_nobody_speaks_for_another()
    {
        var beat = new ServiceHeartbeat
        {
            Service = "payments",
            Process = Guid.CreateVersion7(),
            Version = "1.0.0",
            StartedAt = TimeProvider.System.GetUtcNow().AddHours(-1),
            At = TimeProvider.System.GetUtcNow(),
            IntervalSeconds = 60,
            Failing = [],
            Queues = [new QueueFigures("payments", 3, 1)],
        };
        await console.TellAsync(beat with { Process = Guid.CreateVersion7(), Service = "bpjs" }, user: "police");
        await console.TellAsync(beat, user: "payments");

        await Wait.UntilAsync(
            async () => (await console.PageAsync("/console/now")).Contains("running", StringComparison.Ordinal),
            Limit, "payments is not shown as running.");
        (await console.ReadAsync(database => database.Processes.Select(p => p.Service).ToListAsync()))
            .ShouldBe(["payments"]);
    }

    private Task UntilAsync(Guid id, int entries) => Wait.UntilAsync(
        async () => await console.ReadAsync(
            database => database.Entries.CountAsync(e => e.ApplicationId == id)) == entries,
        Limit, () => $"{id} has not {entries} entries.");
}
