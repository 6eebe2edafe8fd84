using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Agency;

/// <summary>A step that costs a fee: asked for when the file is good, gone on with when it is paid.</summary>
public sealed class FeeTests(LetterFixture letters) : IClassFixture<LetterFixture>
{
    private const string Nik = "7402422010840001";

    private static readonly DateTimeOffset PaidAt = new(2026, 11, 22, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task A_paid_fee_goes_on_with_the_step_and_its_inputs_which_are_then_forgotten()
    {
        var step = TestSteps.New("letters/registered", new { nik = Nik, copies = 2 }) with
        {
            Channel = "counter",
            Corrected = ["known"]
        };
        (await letters.Coordinator.AskAsync(step))
            .ShouldBeOfType<FeeRequested>().AmountRupiah.ShouldBe(RegisteredLetter.Fee);
        (await InputsAsync(step)).ShouldNotBeNull().ShouldContain(Nik);

        await letters.Coordinator.SendAsync("letters", Paid(step));

        (await letters.Coordinator.RepliesAsync(step.Step, 2))[1]
            .ShouldBeOfType<StepCompleted>().Outputs.GetProperty("number").GetString().ShouldBe("R-B1");
        (await InputsAsync(step)).ShouldBeNull();
        var told = letters.Behaviour.Told[step.Step.ApplicationId].ToList();
        told[0].Paid.ShouldBeNull();
        told[1].Paid.ShouldBe(Paid(step));
        told[1].Channel.ShouldBe("counter");
        told[1].Corrected.ShouldBe(["known"]);
        told[1].Input.Copies.ShouldBe(2);
    }

    [Fact]
    public async Task A_fee_that_is_told_many_times_at_once_issues_once_and_is_answered_each_time()
    {
        var step = TestSteps.New("letters/registered", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => letters.Coordinator.SendAsync("letters", Paid(step))));

        (await letters.Coordinator.RepliesAsync(step.Step, 9)).Skip(1).ShouldAllBe(r => r is StepCompleted);
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(1);
        letters.Behaviour.Performed[step.Step.ApplicationId].ShouldBe(2);
    }

    [Fact]
    public async Task A_fee_for_a_withdrawn_step_is_ignored()
    {
        var step = TestSteps.New("letters/registered", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);
        await letters.Coordinator.SendAsync("letters", TestSteps.Cancel(step));
        await letters.Coordinator.RepliesAsync(step.Step, 2);
        (await InputsAsync(step)).ShouldBeNull();

        var message = Guid.CreateVersion7();
        await letters.Coordinator.SendAsync("letters", Paid(step), message);

        await letters.ConsumedAsync(message);
        letters.Coordinator.Replies(step.Step).Count.ShouldBe(2);
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(0);
    }

    [Theory]
    [InlineData(RegisteredLetter.Fee - 1)]
    [InlineData(RegisteredLetter.Fee + 1)]
    public async Task Another_amount_than_was_asked_for_is_left_to_an_operator(long amount)
    {
        var step = TestSteps.New("letters/registered", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);

        await letters.Coordinator.SendAsync("letters", Paid(step) with { AmountRupiah = amount });

        await letters.TakeErrorOfAsync(step.Step.ApplicationId);
        (await letters.LettersOfAsync(step.Step.ApplicationId)).ShouldBe(0);
        (await StateAsync(step)).ShouldBe("awaiting-payment");
    }

    [Fact]
    public async Task A_fee_that_nobody_asked_for_is_left_to_an_operator()
    {
        var step = TestSteps.New("letters/later", new { nik = Nik });
        await letters.Coordinator.AskAsync(step);

        await letters.Coordinator.SendAsync("letters", Paid(step));

        await letters.TakeErrorOfAsync(step.Step.ApplicationId);
    }

    [Fact]
    public async Task A_file_that_was_paid_for_is_not_sent_back()
    {
        var step =
            TestSteps.New("letters/registered", new { nik = Nik, copies = 3 }) with { Corrected = ["fewer-copies"] };
        (await letters.Coordinator.AskAsync(step)).ShouldBeOfType<FeeRequested>();

        await letters.Coordinator.SendAsync("letters", Paid(step));

        await letters.TakeErrorOfAsync(step.Step.ApplicationId);
        letters.Coordinator.Replies(step.Step).Count.ShouldBe(1);
        (await StateAsync(step)).ShouldBe("awaiting-payment");
    }

    [Fact]
    public async Task The_next_attempt_says_what_was_corrected_and_ends_the_inputs_of_the_one_before()
    {
        var first = TestSteps.New("letters/registered", new { nik = Nik, copies = 3 });
        (await letters.Coordinator.AskAsync(first)).ShouldBeOfType<CorrectionRequested>();
        (await InputsAsync(first)).ShouldNotBeNull();

        var second = first with { Step = first.Step with { Attempt = 2 }, Corrected = ["fewer-copies"] };
        (await letters.Coordinator.AskAsync(second)).ShouldBeOfType<FeeRequested>();

        (await InputsAsync(first)).ShouldBeNull();
        (await InputsAsync(second)).ShouldNotBeNull();
        var told = letters.Behaviour.Told[first.Step.ApplicationId].ToList();
        told.Select(t => t.Attempt).ShouldBe([1, 2]);
        told[0].Corrected.ShouldBeEmpty();
        told[1].Corrected.ShouldBe(["fewer-copies"]);
    }

    private static FeePaid Paid(StepRequest step) =>
        new() { Step = step.Step, BillingCode = "B1", AmountRupiah = RegisteredLetter.Fee, PaidAt = PaidAt };

    private Task<string?> InputsAsync(StepRequest step) =>
        letters.ScalarAsync<string>("select inputs::text from steps where application_id = $1 and attempt = $2",
            step.Step.ApplicationId, step.Step.Attempt);

    private Task<string?> StateAsync(StepRequest step) =>
        letters.ScalarAsync<string>("select state from steps where application_id = $1", step.Step.ApplicationId);
}
