using System.Net;
using System.Text.Json;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>Acts that are sent again with the same <c>Idempotency-Key</c> are done once and answered alike.</summary>
[Collection(CoordinatorTests.Name)]
public sealed class RepeatTests(CoordinatorFixture fixture)
{
    private static readonly string Operator =
        Tokens.Create("operations", "applications.submit applications.read applications.operate");

    private HttpClient Client => fixture.Client;

    private StubAgencies Agencies => fixture.Agencies;

    [Fact]
    public async Task A_correction_is_answered_once()
    {
        var number = await Client.SubmitAsync(Submissions.Test("mendable"));
        await Agencies.ReplyAsync(new CorrectionRequested
        {
            Step = (await Agencies.AskedAsync(number, "checked")).Step,
            Items = [new("photo", new("Foto tidak jelas.", "The photo is not clear."), "/text")],
        });
        await Client.UntilAsync(number, "awaiting-applicant");

        await OnceAsync(number, "steps/checked/corrections", """
            {"answers":[{"requirement":"photo","pointer":"/input/text","value":"mended"}]}
            """);

        (await KindsAsync(number)).Count(k => k == "step-corrected").ShouldBe(1);
    }

    [Fact]
    public async Task A_refiling_takes_one_round()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        await Agencies.RefuseAsync(number, "only");
        await Client.UntilAsync(number, "refused");
        const string Refiling = "steps/only/refilings";

        await OnceAsync(number, Refiling, """{"changes":[]}""", Guid.NewGuid().ToString());

        // The other rounds are still there.
        var again = await StubAgencies.HeardAsync(
            Agencies.Asked, a => a.ApplicationNumber.Value == number && a.Step.Attempt == 2);
        await Agencies.ReplyAsync(new StepRefused
        {
            Step = again.Step,
            Reasons = [new("no-open-record", new("Ada catatan.", "There is a record."))],
        });
        (await Client.UntilAsync(number, "refused")).Step("only").GetProperty("canRefile").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_cancellation_asks_the_agencies_once()
    {
        var number = await Client.SubmitAsync(Submissions.Test("cancellable"));
        var asked = await Agencies.AskedAsync(number, "first");

        await OnceAsync(number, "cancellation", "{}");

        await StubAgencies.HeardAsync(Agencies.Cancellations, c => c.Step == asked.Step);
        await Agencies.ReplyAsync(new StepCancelled { Step = asked.Step });
        await Client.UntilAsync(number, "cancelled");
        Agencies.Cancellations.Count(c => c.Step == asked.Step).ShouldBe(1);
    }

    [Fact]
    public async Task Another_channel_is_taken_once()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));

        await OnceAsync(number, "channel", """{"channel":"mobile"}""");

        (await KindsAsync(number)).Count(k => k == "channel-changed").ShouldBe(1);
    }

    [Fact]
    public async Task An_act_of_an_operator_is_done_once()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        await Agencies.AskedAsync(number, "only");

        await OnceAsync(number, "steps/only/acts", """{"act":"retry","reason":"no answer"}""", token: Operator);

        (await KindsAsync(number)).Count(k => k == "operator-acted").ShouldBe(1);
    }

    [Fact]
    public async Task A_key_is_good_for_one_request_and_a_refusal_uses_none()
    {
        var key = Guid.NewGuid().ToString();
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        var path = $"/v1/applications/{number}/steps/only/refilings";
        using (var early = await Client.PostToAsync(path, """{"changes":[]}""", key: key))
        {
            early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }

        await Agencies.RefuseAsync(number, "only");
        await Client.UntilAsync(number, "refused");
        using var done = await Client.PostToAsync(path, """{"changes":[]}""", key: key);
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var spaced = await Client.PostToAsync(path, """{ "changes": [ ] }""", key: key);
        spaced.StatusCode.ShouldBe(HttpStatusCode.OK, "spaces make no other request");
        foreach (var (other, body) in ((string, string)[])[
            (path, """{"changes":[{"pointer":"/input/text","value":"x"}]}"""),
            ($"/v1/applications/{number}/cancellation", "{}")])
        {
            using var reused = await Client.PostToAsync(other, body, key: key);
            ((int)reused.StatusCode).ShouldBe(422);
            (await reused.JsonAsync()).GetProperty("type").GetString()
                .ShouldBe("urn:mpp:problem:idempotency-key-reused");
        }
    }

    /// <summary>Acts many times at once and once more later: one answer, and all others are it again.</summary>
    private async Task OnceAsync(string number, string act, string body, string? key = null, string? token = null)
    {
        key ??= Guid.NewGuid().ToString();
        var answers = new List<(HttpStatusCode Status, bool Repeat, string? Tag, string Body)>();
        var tasks = Enumerable.Range(0, 8).Select(_ => AnswerAsync()).ToList();
        answers.AddRange(await Task.WhenAll(tasks));
        answers.Add(await AnswerAsync());

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        answers.Count(a => !a.Repeat).ShouldBe(1);
        answers[^1].Repeat.ShouldBeTrue();
        answers.Select(a => (a.Tag, a.Body)).Distinct().ShouldHaveSingleItem();
        JsonElement.Parse(answers[0].Body).GetProperty("number").GetString().ShouldBe(number);

        async Task<(HttpStatusCode, bool, string?, string)> AnswerAsync()
        {
            using var answer = await Client.PostToAsync($"/v1/applications/{number}/{act}", body, token, key: key);
            return (answer.StatusCode, answer.Headers.Contains("Idempotent-Replayed"), answer.Headers.ETag?.Tag,
                await answer.Content.ReadAsStringAsync());
        }
    }

    private async Task<IEnumerable<string?>> KindsAsync(string number) =>
        (await Client.TimelineAsync(number)).Select(e => e.GetProperty("kind").GetString());
}
