using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Mpp.Applications.Flow;
using Mpp.Contracts.Steps;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>
/// Personal data are erased when the retention is over, thirty days after the end here. On a clock that is moved.
/// </summary>
[Collection(CoordinatorTests.Name)]
public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CoordinatorFixture _mall = new() { Moves = true };

    public Task InitializeAsync() => _mall.InitializeAsync();

    public Task DisposeAsync() => _mall.DisposeAsync();

    [Fact]
    public async Task What_is_refiled_in_time_is_kept_and_erased_when_it_has_ended_for_good()
    {
        var number = await _mall.Client.SubmitAsync(Submissions.Test("mendable", "personal"));
        var accepted = await _mall.Agencies.AskedAsync(number, "other");
        await _mall.Agencies.ReplyAsync(new StepAccepted { Step = accepted.Step, AgencyFileNumber = "FILE-7" });
        await _mall.Agencies.CompleteAsync(number, "other", new { note = "personal" });
        await _mall.Agencies.RefuseAsync(number, "checked");
        var inPart = await _mall.Client.UntilAsync(number, "completed-in-part");
        var first = inPart.GetProperty("eraseAt").GetDateTimeOffset();
        first.ShouldBeInRange(inPart.GetProperty("endedAt").GetDateTimeOffset().AddDays(30),
            inPart.GetProperty("endedAt").GetDateTimeOffset().AddDays(31));

        _mall.MoveTo(first.AddDays(-2));
        var going = await _mall.Client.ActAsync(number, "steps/checked/refilings",
            new { changes = new[] { new { pointer = "/input/text", value = "personal too" } } });
        going.TryGetProperty("eraseAt", out _).ShouldBeFalse("it goes on");
        _mall.MoveTo(first.AddDays(1));
        var again = await StubAgencies.HeardAsync(_mall.Agencies.Asked, a => a.ApplicationNumber.Value == number
            && a.Step is { StepId: "checked", Attempt: 2 });
        await _mall.Agencies.ReplyAsync(new StepCompleted
        {
            Step = again.Step,
            Outputs = JsonSerializer.SerializeToElement(new { }),
            Documents = [new("paper", "checked-2", new(2026, 11, 22), null)]
        });
        (await _mall.Agencies.AskedAsync(number, "after")).Inputs.GetProperty("text").GetString()
            .ShouldBe("personal too", "the retention of the first end was dropped, and what was filed is there");
        await _mall.Agencies.CompleteAsync(number, "after");
        var completed = await _mall.Client.UntilAsync(number, "completed");
        (await StoredAsync(number)).ShouldSatisfyAllConditions(
            stored => stored.Parts.ShouldBe(5),
            stored => stored.Text.ShouldContain("checked-2"),
            stored => stored.Text.ShouldContain("FILE-7"));

        _mall.MoveTo(completed.GetProperty("eraseAt").GetDateTimeOffset().AddMinutes(1));
        await ErasedAsync(number);

        var (parts, text, timeline, state) = await StoredAsync(number);
        parts.ShouldBe(0);
        foreach (var gone in (string[])["personal", "other-1", "after-1", "checked-2", "FILE-7"])
        {
            text.ShouldNotContain($"\"{gone}", customMessage: "no number that leads to a person is left");
        }

        FlowJson.Write(Evolution.Replay(timeline))
            .ShouldBe(FlowJson.Write(state), "what is left of the timeline still gives the state");
        var asked = _mall.Agencies.Asked.Where(a => a.ApplicationNumber.Value == number)
            .Select(a => a.Step).Distinct().ToList();
        asked.Count.ShouldBe(4);
        await Wait.UntilAsync(() => asked.TrueForAll(a => _mall.Agencies.Erasures.Any(e => e.Step == a)), Limit,
            "not every agency was told of every attempt.");

        // Whatever comes now is known, and changes nothing.
        await _mall.Agencies.CompleteAsync(number, "other", new { note = "personal" });
        await Wait.UntilAsync(async () => Kind((await _mall.Client.TimelineAsync(number))[^1]) is "reply-ignored",
            Limit, "the late reply was not noted.");
        (await StoredAsync(number)).Parts.ShouldBe(0);
        var left = await _mall.Client.ApplicationAsync(number);
        (left.GetProperty("status").GetString(), left.Step("other")
            .GetProperty("status").GetString()).ShouldBe(("completed", "completed"));
        left.Step("other").GetProperty("documents").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_erased_cannot_be_filed_again()
    {
        var body = Submissions.Test("one-step", "personal");
        var number = await _mall.Client.SubmitAsync(body, key: "erased");
        await _mall.Agencies.RefuseAsync(number, "only");
        var refused = await _mall.Client.UntilAsync(number, "refused");
        refused.Step("only").GetProperty("canRefile").GetBoolean().ShouldBeTrue();

        _mall.MoveTo(refused.GetProperty("eraseAt").GetDateTimeOffset().AddMinutes(1));
        await ErasedAsync(number);
        using var repeated = await _mall.Client.PostAsync(body, key: "erased");
        ((int)repeated.StatusCode).ShouldBe(410, "what was answered is erased, and nothing is filed a second time");

        var left = await _mall.Client.ApplicationAsync(number);
        left.Step("only").GetProperty("canRefile").GetBoolean().ShouldBeFalse();
        left.GetProperty("statusText").GetString().ShouldBe("Permohonan ditolak; data pribadinya telah dihapus.");
        using var again = await _mall.Client.PostToAsync(
            $"/v1/applications/{number}/steps/only/refilings", """{"changes":[]}""");
        var fault = (await again.JsonAsync()).GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (fault.GetProperty("pointer").GetString(), fault.GetProperty("code")
            .GetString()).ShouldBe(("/changes", "erased"));
        (await _mall.Client.ProblemAsync(number, "cancellation", new { })).ShouldBe((409, "application-ended", null));
    }

    private Task ErasedAsync(string number) => Wait.UntilAsync(
        async () => (await _mall.Client.TimelineAsync(number)).Any(e => Kind(e) is "personal-data-erased"), Limit,
        "nothing was erased.");

    private static string Kind(JsonElement entry) => entry.GetProperty("kind").GetString()!;

    /// <summary>
    /// How much personal data there is, everything else as text, and the timeline and the state in it.
    /// </summary>
    private Task<(int Parts, string Text, List<TimelineEntry> Timeline, ApplicationState State)> StoredAsync(
        string number) => _mall.ReadAsync(async database =>
        {
            var row = await database.Applications.AsNoTracking().SingleAsync(a => a.Number == number);
            var timeline = await database.Timeline.AsNoTracking()
                .Where(t => t.ApplicationId == row.Id).OrderBy(t => t.Sequence).ToListAsync();
            return (
                await database.PersonalData.CountAsync(p => p.ApplicationId == row.Id),
                string.Join('\n', timeline.Select(t => t.Data).Append(row.State)),
                timeline.ConvertAll(t => new TimelineEntry(t.Sequence, t.At, FlowJson.Read(t.Kind, t.Data))),
                FlowJson.ReadState(row.State));
        });
}
