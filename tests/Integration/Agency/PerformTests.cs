using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Agency;

public sealed class PerformTests(LetterFixture letters) : IClassFixture<LetterFixture>
{
    private const string Nik = "7402422010840001";

    [Fact]
    public async Task A_step_is_answered_with_outputs_and_documents()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });

        var completed = (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepCompleted>();

        var document = completed.Documents.ShouldHaveSingleItem();
        document.Kind.ShouldBe("letter");
        completed.Outputs.GetProperty("number").GetString().ShouldBe(document.Number);
        completed.Outputs.TryGetProperty("nothing", out _).ShouldBeFalse();
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_step_in_another_message_gets_the_same_answer_and_changes_nothing()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        var first = (StepCompleted)await letters.Coordinator.AskAsync(step);

        await letters.Coordinator.SendAsync("letters", step);

        var second = (await letters.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        JsonElement.DeepEquals(first.Outputs, second.Outputs).ShouldBeTrue();
        second.Documents.ShouldBe(first.Documents);
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
        letters.Behaviour.Performed[step.Step.ApplicationId].ShouldBe(1);
    }

    [Fact]
    public async Task Copies_that_come_at_once_are_worked_on_once_and_answered_alike()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => letters.Coordinator.SendAsync("letters", step)));

        var replies = await letters.Coordinator.RepliesAsync(step.Step, 20);
        replies.Cast<StepCompleted>()
            .Select(r => r.Outputs.GetProperty("number").GetString()).Distinct().ShouldHaveSingleItem();
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
        letters.Behaviour.Performed[step.Step.ApplicationId].ShouldBe(1);
    }

    [Fact]
    public async Task The_next_attempt_is_work_of_its_own()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);

        var again = step with { Step = step.Step with { Attempt = 2 } };

        (await letters.Coordinator.AskAsync(again)).ShouldBeOfType<StepCompleted>();
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(2);
    }

    [Fact]
    public async Task A_service_that_fails_is_tried_again_and_takes_effect_once()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        letters.Behaviour.FailuresLeft[step.Step.ApplicationId] = 2;

        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepCompleted>();

        letters.Behaviour.Performed[step.Step.ApplicationId].ShouldBe(3);
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_keeps_failing_leaves_the_step_to_an_operator()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik });
        letters.Behaviour.FailuresLeft[step.Step.ApplicationId] = int.MaxValue;

        await letters.Coordinator.SendAsync("letters", step);

        await letters.TakeErrorOfAsync(step.Step.ApplicationId);
        letters.Coordinator.Replies(step.Step).ShouldBeEmpty();
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(0);
        (await StateOfAsync(step)).ShouldBeNull();
    }

    [Fact]
    public async Task A_service_that_the_agency_does_not_have_is_left_to_an_operator()
    {
        var step = TestSteps.New("letters/shred", new { nik = Nik });

        await letters.Coordinator.SendAsync("letters", step);

        await letters.TakeErrorOfAsync(step.Step.ApplicationId);
        letters.Coordinator.Replies(step.Step).ShouldBeEmpty();
    }

    [Fact]
    public async Task Inputs_that_do_not_fit_are_refused_with_every_place_before_the_service_sees_them()
    {
        var step = TestSteps.New("letters/write", new { nik = "7402427510840001", copies = 0, colour = "red" });

        var refused = (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepRefused>();

        refused.Reasons.ShouldAllBe(r => r.Requirement == "valid-input" && r.Text.Id != "" && r.Text.En != "");
        refused.Reasons.Select(r => r.Pointer).ShouldBe(["/nik", "/colour"], ignoreOrder: true);
        letters.Behaviour.Performed.ShouldNotContainKey(step.Step.ApplicationId);
        (await StateOfAsync(step)).ShouldBe("refused");
    }

    [Fact]
    public async Task Rules_on_the_input_type_are_honoured()
    {
        var step = TestSteps.New("letters/write", new { nik = Nik, copies = 4 });

        var refused = (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<StepRefused>();

        refused.Reasons.ShouldHaveSingleItem().Pointer.ShouldBe("/copies");
    }

    [Fact]
    public async Task No_input_is_kept_and_no_span_tells_whom_it_was_about()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Mpp.Agency",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var step = TestSteps.New("letters/write", new { nik = Nik });

        await letters.Coordinator.AskAsync(step);

        (await letters.ScalarAsync<string>(
            "select row_to_json(s)::text from steps s where application_id = $1", step.Step.ApplicationId))
            .ShouldNotBeNull().ShouldNotContain(Nik);
        var span = spans.Where(s => Equals(s.GetTagItem(TelemetryTags.ApplicationId), step.Step.ApplicationId))
            .ShouldHaveSingleItem();
        span.GetTagItem(TelemetryTags.ApplicationNumber).ShouldBe(step.ApplicationNumber.Value);
        span.GetTagItem(TelemetryTags.Step).ShouldBe("write");
        span.GetTagItem(TelemetryTags.Agency).ShouldBe("letters");
        span.TagObjects.ShouldAllBe(t => !$"{t.Value}".Contains(Nik));
    }

    private Task<string?> StateOfAsync(StepRequest step) =>
        letters.ScalarAsync<string>("select state from steps where application_id = $1", step.Step.ApplicationId);
}
