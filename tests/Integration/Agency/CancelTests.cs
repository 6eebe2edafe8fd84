using Mpp.Agency;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Mpp.Integration.Agency;

public sealed class CancelTests(LetterFixture letters) : IClassFixture<LetterFixture>
{
    private const string Nik = "7402422010840001";

    [Fact]
    public async Task A_completed_step_is_cancelled_by_its_service_which_is_given_the_outputs()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        var completed = (StepCompleted)await letters.Coordinator.AskAsync(step);

        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));

        (await letters.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCancelled>();
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(0);
        letters.Behaviour.Cancelled[step.Step.ApplicationId]!.Json!.ShouldContain(completed.Documents[0].Number);
    }

    [Fact]
    public async Task A_cancellation_that_comes_again_is_answered_again_and_cancels_nothing_more()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);
        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));
        await letters.Coordinator.RepliesAsync(step.Step, 2);
        letters.Behaviour.Cancelled.TryRemove(step.Step.ApplicationId, out _);

        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));

        (await letters.Coordinator.RepliesAsync(step.Step, 3))[2].ShouldBeOfType<StepCancelled>();
        letters.Behaviour.Cancelled.ShouldNotContainKey(step.Step.ApplicationId);
    }

    [Fact]
    public async Task A_step_that_is_cancelled_before_it_comes_is_never_worked_on()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));
        (await letters.Coordinator.RepliesAsync(step.Step, 1))[0].ShouldBeOfType<StepCancelled>();

        var message = Guid.CreateVersion7();
        await letters.Coordinator.SendAsync("letters", step, message);

        await letters.ConsumedAsync(message);
        letters.Behaviour.Performed.ShouldNotContainKey(step.Step.ApplicationId);
        letters.Coordinator.Replies(step.Step).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_in_hand_is_withdrawn_without_code_in_the_service()
    {
        var step = TestSteps.New("letters/later", new { nik = Nik });
        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepAccepted>();

        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));

        (await letters.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCancelled>();
        var fault = await Should.ThrowAsync<StepNotInHandException>(() => AnswerAsync(step, Done("L-1")));
        fault.State.ShouldBe(StepState.Cancelled);
    }

    [Fact]
    public async Task What_is_completed_stands_unless_the_service_cancels_it()
    {
        var step = TestSteps.New("letters/later", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);
        await AnswerAsync(step, Done("L-2"));

        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));

        (await letters.Coordinator.RepliesAsync(step.Step, 3)).OfType<StepCancellationRefused>()
            .ShouldHaveSingleItem().Reasons.ShouldHaveSingleItem().Requirement.ShouldBe("not-revocable");
    }

    [Fact]
    public async Task A_refused_step_has_nothing_to_cancel()
    {
        var step = TestSteps.New("letters/write", new { nik = "1" });
        await letters.Coordinator.AskAsync(step);

        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));

        (await letters.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCancelled>();
        letters.Behaviour.Cancelled.ShouldNotContainKey(step.Step.ApplicationId);
    }

    [Fact]
    public async Task An_officer_answers_a_step_in_hand_once()
    {
        var step = TestSteps.New("letters/later", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);

        await AnswerAsync(step, Done("L-3"));
        await AnswerAsync(step, Done("L-3"));
        var fault = await Should.ThrowAsync<StepNotInHandException>(() => AnswerAsync(step, Done("L-4")));

        fault.State.ShouldBe(StepState.Completed);
        (await letters.Coordinator.RepliesAsync(step.Step, 2))[1]
            .ShouldBeOfType<StepCompleted>().Outputs.GetProperty("number").GetString().ShouldBe("L-3");
        await letters.Coordinator.SendAsync("letters", step);
        (await letters.Coordinator.RepliesAsync(step.Step, 3))[2].ShouldBeOfType<StepCompleted>();
    }

    [Fact]
    public async Task An_answer_that_the_mall_rejected_is_given_once_more()
    {
        var step = TestSteps.New("letters/later", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);
        await AnswerAsync(step, Done("L-7"));
        await letters.Coordinator.RepliesAsync(step.Step, 2);
        var message = Guid.CreateVersion7();

        await letters.Coordinator.SendAsync("letters", new ReplyRejected
        {
            Step = step.Step,
            Service = step.Service,
            Reply = "step-completed",
            Faults = [new ReplyFault("/outputs/number", "invalid-text", "1 to 64 characters are expected.")],
        }, message);
        await letters.ConsumedAsync(message);

        await AnswerAsync(step, Done("L-8"));
        (await letters.Coordinator.RepliesAsync(step.Step, 3))[2]
            .ShouldBeOfType<StepCompleted>().Outputs.GetProperty("number").GetString().ShouldBe("L-8");
        (await Should.ThrowAsync<StepNotInHandException>(() => AnswerAsync(step, Done("L-9")))).State
            .ShouldBe(StepState.Completed);
    }

    [Fact]
    public async Task Of_two_officers_who_answer_at_the_same_time_one_is_told()
    {
        var step = TestSteps.New("letters/later", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);

        await letters.InScopeAsync(async (scope, db) =>
        {
            await scope.GetRequiredService<IAgencySteps>().AnswerAsync(step.Step, Done("L-5"), CancellationToken.None);
            await AnswerAsync(step, new StepAnswer.Refused(new StepReason(
                "handwriting", new LocalizedText("Tidak terbaca.", "Not legible."))));
            await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        });

        (await letters.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepRefused>();
    }

    [Fact]
    public async Task A_step_that_nobody_asked_for_cannot_be_answered() =>
        (await Should.ThrowAsync<StepNotInHandException>(
            () => AnswerAsync(TestSteps.New("letters/later", new { }), Done("L-6")))).State.ShouldBeNull();

    private static StepAnswer.Completed Done(string number) => new(new { number });

    private Task AnswerAsync(StepRequest step, StepAnswer answer) => letters.InScopeAsync(async (scope, db) =>
    {
        await scope.GetRequiredService<IAgencySteps>().AnswerAsync(step.Step, answer, CancellationToken.None);
        await db.SaveChangesAsync();
    });
}
