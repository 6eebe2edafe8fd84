using Microsoft.Extensions.DependencyInjection;
using Mpp.Agency;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Agency;

/// <summary>A step that the law has granted because the agency was silent (UU 30/2014 art. 53).</summary>
public sealed class GrantTests(LetterFixture letters) : IClassFixture<LetterFixture>
{
    private const string Nik = "7402422010840001";

    private static readonly DateTimeOffset DueAt = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_step_in_hand_is_issued()
    {
        var step = TestSteps.New("letters/delayed", new { nik = Nik });
        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepAccepted>();

        await letters.Coordinator.SendAsync("letters", Granted(step));

        (await letters.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        letters.Behaviour.Told[step.Step.ApplicationId].Select(t => t.BoundByLaw).ShouldBe([null, DueAt]);
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_grant_that_is_told_twice_issues_once_and_is_answered_twice()
    {
        var step = TestSteps.New("letters/delayed", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => letters.Coordinator.SendAsync("letters", Granted(step))));

        (await letters.Coordinator.RepliesAsync(step.Step, 6)).Skip(1).ShouldAllBe(r => r is StepCompleted);
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_step_that_comes_after_its_grant_is_issued_when_it_comes()
    {
        var step = TestSteps.New("letters/delayed", new { nik = Nik });
        var message = Guid.CreateVersion7();
        await letters.Coordinator.SendAsync("letters", Granted(step), message);
        await letters.ConsumedAsync(message);
        letters.Coordinator.Replies(step.Step).ShouldBeEmpty();

        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepCompleted>();

        letters.Behaviour.Told[step.Step.ApplicationId].ShouldHaveSingleItem().BoundByLaw.ShouldBe(DueAt);
        await letters.Coordinator.SendAsync("letters", step);
        (await letters.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_still_refuses_is_left_to_an_operator_and_the_step_stays_in_hand()
    {
        var step = TestSteps.New("letters/refused", new { nik = Nik });
        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepAccepted>();

        await letters.Coordinator.SendAsync("letters", Granted(step));

        await letters.TakeErrorOfAsync(step.Step.ApplicationId);
        letters.Coordinator.Replies(step.Step).Count.ShouldBe(1);
        (await letters.ScalarAsync<string>("select state from steps where application_id = $1 and inputs is not null",
            step.Step.ApplicationId)).ShouldBe("in-hand");
    }

    [Fact]
    public async Task A_refusal_that_crossed_the_grant_is_left_to_an_operator()
    {
        var step = TestSteps.New("letters/refused", new { nik = Nik, copies = 2 });
        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepRefused>();

        await letters.Coordinator.SendAsync("letters", Granted(step));

        await letters.TakeErrorOfAsync(step.Step.ApplicationId);
    }

    [Fact]
    public async Task A_withdrawn_step_is_not_issued_and_a_grant_can_be_withdrawn_before_its_step_comes()
    {
        var step = TestSteps.New("letters/delayed", new { nik = Nik });
        var first = Guid.CreateVersion7();
        await letters.Coordinator.SendAsync("letters", Granted(step), first);
        await letters.ConsumedAsync(first);
        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));
        (await letters.Coordinator.RepliesAsync(step.Step, 1))[0].ShouldBeOfType<StepCancelled>();

        var (again, late) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await letters.Coordinator.SendAsync("letters", Granted(step), again);
        await letters.Coordinator.SendAsync("letters", step, late);
        await letters.ConsumedAsync(again);
        await letters.ConsumedAsync(late);

        letters.Coordinator.Replies(step.Step).Count.ShouldBe(1);
        letters.Behaviour.Told.ShouldNotContainKey(step.Step.ApplicationId);
    }

    [Fact]
    public async Task An_officer_cannot_answer_a_step_that_has_only_been_granted()
    {
        var step = TestSteps.New("letters/delayed", new { nik = Nik });
        var message = Guid.CreateVersion7();
        await letters.Coordinator.SendAsync("letters", Granted(step), message);
        await letters.ConsumedAsync(message);

        var fault = await Should.ThrowAsync<StepNotInHandException>(() => letters.InScopeAsync((scope, _) =>
            scope.GetRequiredService<IAgencySteps>()
                .AnswerAsync(step.Step, new StepAnswer.Completed(new { }), CancellationToken.None)));

        fault.State.ShouldBe(StepState.DeemedGranted);
    }

    private static StepDeemedGranted Granted(StepRequest step) =>
        new() { Step = step.Step, Service = step.Service, DueAt = DueAt };
}
