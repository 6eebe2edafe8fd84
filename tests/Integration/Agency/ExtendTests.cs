using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Agency;

public sealed class ExtendTests(LetterFixture letters) : IClassFixture<LetterFixture>
{
    private static readonly DateTimeOffset Another = new(2027, 3, 1, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_agency_knows_the_time_that_an_operator_gave_it()
    {
        var step = TestSteps.New("letters/later", new { nik = "7402422010840001" });
        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepAccepted>();

        await ExtendAsync(step);

        (await DueAsync(step)).ShouldBe(Another.UtcDateTime);
        letters.Coordinator.Replies(step.Step).Count.ShouldBe(1, "it is not answered");
    }

    [Fact]
    public async Task A_step_that_has_not_come_yet_says_its_time_itself()
    {
        var step = TestSteps.New("letters/later", new { nik = "7402422010840001" });

        await ExtendAsync(step);

        (await letters.ScalarAsync<long>(
            "select count(*) from steps where application_id = $1", step.Step.ApplicationId)).ShouldBe(0);
    }

    private async Task ExtendAsync(StepRequest step)
    {
        var id = Guid.CreateVersion7();
        await letters.Coordinator.SendAsync(
            "letters", new StepDeadlineExtended { Step = step.Step, Service = step.Service, DueAt = Another }, id);
        await letters.ConsumedAsync(id);
    }

    private Task<DateTime> DueAsync(StepRequest step) => letters.ScalarAsync<DateTime>(
        "select due_at from steps where application_id = $1", step.Step.ApplicationId);
}
