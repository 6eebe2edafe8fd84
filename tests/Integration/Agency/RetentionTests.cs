using Microsoft.Extensions.DependencyInjection;
using Mpp.Agency;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Agency;

/// <summary>The retention of an application is over: the agency keeps nothing of it but its own registers.</summary>
public sealed class RetentionTests(LetterFixture letters) : IClassFixture<LetterFixture>
{
    private const string Nik = "7402422010840001";

    [Fact]
    public async Task The_answer_of_a_step_is_erased_and_the_register_stays()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);
        (await RowAsync(step)).ShouldContain("L-");

        await EraseAsync(step);

        (await RowAsync(step)).ShouldBe("erased step-completed  ");
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_step_that_is_asked_for_again_after_its_erasure_is_neither_done_nor_answered()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);
        await EraseAsync(step);
        await EraseAsync(step);

        await ConsumeAsync(step);

        letters.Behaviour.Performed[step.Step.ApplicationId].ShouldBe(1);
        letters.Coordinator.Replies(step.Step).Count.ShouldBe(1);
        (await RowAsync(step)).ShouldBe("erased step-completed  ");
    }

    [Fact]
    public async Task A_step_that_comes_only_after_its_erasure_is_never_worked_on()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        await EraseAsync(step);

        await ConsumeAsync(step);

        letters.Behaviour.Performed.ShouldNotContainKey(step.Step.ApplicationId);
        letters.Coordinator.Replies(step.Step).ShouldBeEmpty();
        (await RowAsync(step)).ShouldBe("erased   ");
    }

    [Fact]
    public async Task Nothing_goes_on_with_what_is_erased()
    {
        var step = TestSteps.New("letters/registered", new { nik = Nik });
        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<FeeRequested>();
        (await RowAsync(step)).ShouldContain(Nik);
        await EraseAsync(step);

        await ConsumeAsync(new FeePaid
        {
            Step = step.Step,
            BillingCode = "B1",
            AmountRupiah = RegisteredLetter.Fee,
            PaidAt = DateTimeOffset.UnixEpoch
        });
        await ConsumeAsync(
            new StepDeemedGranted { Step = step.Step, Service = step.Service, DueAt = DateTimeOffset.UnixEpoch });
        await ConsumeAsync(TestSteps.Cancel(step));
        await ConsumeAsync(
            new StepDeadlineExtended { Step = step.Step, Service = step.Service, DueAt = DateTimeOffset.UnixEpoch });
        var fault = await Should.ThrowAsync<StepNotInHandException>(() => letters.InScopeAsync((scope, _) =>
            scope.GetRequiredService<IAgencySteps>()
                .AnswerAsync(step.Step, new StepAnswer.Completed(new { }), CancellationToken.None)));

        fault.State.ShouldBe(StepState.Erased);
        letters.Behaviour.Performed[step.Step.ApplicationId].ShouldBe(1);
        letters.Coordinator.Replies(step.Step).Count.ShouldBe(1);
        (await RowAsync(step)).ShouldBe("erased fee-requested  ");
    }

    private Task EraseAsync(StepRequest step) =>
        ConsumeAsync(new EraseStep { Step = step.Step, Service = step.Service });

    /// <summary>Sends a message and waits until it has taken effect: it did not fail.</summary>
    private async Task ConsumeAsync<T>(T message) where T : class
    {
        var id = Guid.CreateVersion7();
        await letters.Coordinator.SendAsync("letters", message, id);
        await letters.ConsumedAsync(id);
    }

    /// <summary>State, kind of answer, answer and inputs of the step's row.</summary>
    private async Task<string> RowAsync(StepRequest step) => (await letters.ScalarAsync<string>(
        "select concat_ws(' ', state, coalesce(answer_kind, ''), coalesce(answer::text, ''), coalesce(inputs::text, "
            + "'')) from steps where application_id = $1",
        step.Step.ApplicationId))!;
}
