using Mpp.Contracts.Steps;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Agency;

/// <summary>A service that looks things up, once for all steps that wait together.</summary>
public sealed class LookupTests(LetterFixture letters) : IClassFixture<LetterFixture>
{
    private const string Nik = "7402422010840001";

    [Fact]
    public async Task Steps_that_wait_together_are_looked_up_together_and_each_gets_its_own()
    {
        var behaviour = letters.Behaviour;
        var first = TestSteps.New("letters/looked-up", new { nik = Nik });
        await letters.Coordinator.SendAsync("letters", first);
        await Wait.UntilAsync(() => !behaviour.LookedUp.IsEmpty, TimeSpan.FromSeconds(30), () => "Nobody looked.");
        var wrong = TestSteps.New("letters/looked-up", new { nik = Nik, copies = 9 });
        var written = TestSteps.New("letters/write", new { nik = Nik });
        StepRequest[] together =
            [.. Enumerable.Range(0, 10).Select(_ => TestSteps.New("letters/looked-up", new { nik = Nik }))];

        await Task.WhenAll(
            together.Append(wrong).Append(written).Select(s => letters.Coordinator.SendAsync("letters", s)));
        await Wait.UntilAsync(
            async () => await letters.WaitingAsync() == 0, TimeSpan.FromSeconds(30), () => "Steps are not delivered.");
        behaviour.Look.SetResult();

        foreach (var step in together.Prepend(first))
        {
            (await letters.Coordinator.RepliesAsync(step.Step, 1))[0].ShouldBeOfType<StepCompleted>()
                .Outputs.GetProperty("number").GetString().ShouldBe(step.Step.ApplicationId.ToString());
        }

        (await letters.Coordinator.RepliesAsync(wrong.Step, 1))[0].ShouldBeOfType<StepRefused>();
        (await letters.Coordinator.RepliesAsync(written.Step, 1))[0].ShouldBeOfType<StepCompleted>();
        behaviour.LookedUp.Sum().ShouldBe(1 + together.Length);
        behaviour.LookedUp.Count.ShouldBeLessThan(1 + together.Length);
    }
}
