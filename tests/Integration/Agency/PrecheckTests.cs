using System.Diagnostics;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Agency;

/// <summary>Questions before anything is filed, to an agency on a real broker.</summary>
public sealed class PrecheckTests(LetterFixture letters) : IClassFixture<LetterFixture>
{
    private const string Nik = "7402422010840001";

    [Fact]
    public async Task A_service_says_what_it_knows_and_leaves_out_what_was_not_judged()
    {
        var found = await AskAsync("letters/registered", new { nik = Nik });

        found.Select(p => (p.Requirement, p.Status))
            .ShouldBe([("known", PreconditionStatus.Fulfilled), ("sober", PreconditionStatus.Missing)]);
        found[1].Pointer.ShouldBe("/nik");
        found[1].Remedy.ShouldNotBeNull().En.ShouldBe("No.");
    }

    [Fact]
    public async Task Given_fields_that_are_wrong_are_missing_with_their_place_and_hidden_from_the_service()
    {
        var found = await AskAsync("letters/registered", new { nik = "7402427510840001", copies = 9, colour = "red" });

        found.Where(p => p.Requirement == "valid-input")
            .Select(p => p.Pointer).ShouldBe(["/nik", "/copies", "/colour"], ignoreOrder: true);
        found.Where(p => p.Requirement == "valid-input")
            .ShouldAllBe(p => p.Status == PreconditionStatus.Missing && p.Remedy != null);
        found.ShouldContain(p => p.Requirement == "known" && p.Status == PreconditionStatus.KnownLater);
    }

    [Fact]
    public async Task Of_fields_that_are_not_there_nothing_is_said() =>
        (await AskAsync("letters/write", new { copies = 2 })).ShouldBeEmpty();

    [Fact]
    public async Task A_service_foresees_what_it_would_give_back_as_far_as_it_knows()
    {
        (await letters.Coordinator.QuestionAsync(TestSteps.Question("letters/registered", new { nik = Nik }))).Outputs
            ?.GetRawText().ShouldBe("""{"knownSince":"2026-11-22"}""");
        (await letters.Coordinator
            .QuestionAsync(TestSteps.Question("letters/registered", new { }))).Outputs.ShouldBeNull();
        (await letters.Coordinator
            .QuestionAsync(TestSteps.Question("letters/write", new { nik = Nik }))).Outputs.ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_stored()
    {
        var before = await CountsAsync();

        await AskAsync("letters/registered", new { nik = Nik });
        await Should.ThrowAsync<TimeoutException>(
            () => AskAsync("letters/registered", new { nik = RegisteredLetter.Writer }));

        (await CountsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_question_that_is_not_answered_holds_up_no_other()
    {
        var slow = AskAsync("letters/registered", new { nik = RegisteredLetter.Slow });
        var clock = Stopwatch.StartNew();

        (await AskAsync("letters/registered", new { nik = Nik })).ShouldNotBeEmpty();

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
        await Should.ThrowAsync<TimeoutException>(() => slow);
    }

    [Fact]
    public async Task The_queue_forgets_questions_and_has_no_failure_queues()
    {
        // Other arguments than it has would be refused by the broker.
        (await letters.DeclareAsync(channel => channel.QueueDeclareAsync(
            "letters-prechecks", durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-message-ttl"] = 2000, ["x-expires"] = 60_000 })))
            .ShouldBeTrue();
        (await letters
            .DeclareAsync(channel => channel.QueueDeclarePassiveAsync("letters-prechecks_error"))).ShouldBeFalse();
        (await letters
            .DeclareAsync(channel => channel.QueueDeclarePassiveAsync("letters-prechecks_skipped"))).ShouldBeFalse();
    }

    private async Task<IReadOnlyList<Precondition>> AskAsync(string service, object inputs) =>
        (await letters.Coordinator.QuestionAsync(TestSteps.Question(service, inputs))).Preconditions;

    private Task<string?> CountsAsync() => letters.ScalarAsync<string>(
        "select concat_ws(',', (select count(*) from steps), (select count(*) from inbox), "
            + "(select count(*) from outbox), (select count(*) from \"letters\"))");
}
