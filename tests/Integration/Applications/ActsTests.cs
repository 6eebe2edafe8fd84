using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Mpp.Messaging;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>
/// What applicants and operators do while an application runs, over HTTP, with agencies and payments that answer on a
/// real broker.
/// </summary>
[Collection(CoordinatorTests.Name)]
public sealed class ActsTests(CoordinatorFixture fixture)
{
    private static readonly StepReason Item = new(
        "photo", new("Foto tidak jelas.", "The photo is not clear."), "/text");

    private HttpClient Client => fixture.Client;

    private StubAgencies Agencies => fixture.Agencies;

    [Fact]
    public async Task A_correction_waits_in_one_branch_while_another_completes()
    {
        var number = await Client.SubmitAsync(Submissions.Test("mendable"));
        await Agencies.ReplyAsync(
            new CorrectionRequested { Step = (await Agencies.AskedAsync(number, "checked")).Step, Items = [Item] });
        var waiting = await Client.UntilAsync(number, "awaiting-applicant");
        var step = waiting.Step("checked");
        step.GetProperty("statusText").GetString()!.ShouldContain("paling lambat");
        step.GetProperty("nextToAct").GetProperty("party").GetString().ShouldBe("applicant");
        step.GetProperty("reasons")[0].GetProperty("pointer").GetString().ShouldBe("/input/text");
        (await Client.TimelineAsync(number)).Single(e => e.GetProperty("kind").GetString() == "correction-requested")
            .GetProperty("data").GetProperty("items")[0].GetProperty("pointer").GetString().ShouldBe("/input/text");
        await Agencies.CompleteAsync(number, "other");
        await Until(number, "other", "completed");

        (await ProblemAsync(number, "steps/checked/corrections", new { answers = Array.Empty<object>() }))
            .ShouldBe((422, "invalid-request", "/answers"));
        (await ProblemAsync(number, "steps/checked/corrections",
            new { answers = new[] { new { requirement = "photo", pointer = "/input/text" } } }))
            .ShouldBe((422, "invalid-request", "/answers/0/value"));
        (await ProblemAsync(number, "steps/checked/corrections", Answer(new string('x', 60))))
            .ShouldBe((422, "invalid-request", "/answers/0/value"));
        (await ProblemAsync(number, "steps/other/corrections", Answer("new")))
            .ShouldBe((409, "not-awaiting-correction", null));
        (await ProblemAsync(number, "steps/nothing/corrections", Answer("new"))).ShouldBe((404, "unknown-step", null));
        await ActAsync(number, "steps/checked/corrections", Answer("mended"));

        var again = await StubAgencies.HeardAsync(
            Agencies.Asked, a => a.ApplicationNumber.Value == number && a.Step is { StepId: "checked", Attempt: 2 });
        again.Corrected.ShouldBe(["photo"]);
        again.Inputs.GetProperty("text").GetString().ShouldBe("mended");
        await Agencies.ReplyAsync(
            new StepCompleted { Step = again.Step, Outputs = JsonSerializer.SerializeToElement(new { }) });
        (await Agencies.AskedAsync(number, "after")).Inputs
            .GetProperty("text").GetString().ShouldBe("mended", "the citizen enters nothing twice");
        await Agencies.CompleteAsync(number, "after");
        await Client.UntilAsync(number, "completed");
        (await ProblemAsync(number, "steps/checked/corrections", Answer("late")))
            .ShouldBe((409, "not-awaiting-correction", null));
    }

    [Fact]
    public async Task A_refused_part_is_mended_and_filed_again_under_the_same_number()
    {
        var number = await Client.SubmitAsync(Submissions.Test("mendable"));
        await Agencies.CompleteAsync(number, "other");
        await Agencies.RefuseAsync(number, "checked");
        var refused = await Client.UntilAsync(number, "completed-in-part");
        refused.Step("checked").GetProperty("canRefile").GetBoolean().ShouldBeTrue();
        refused.Step("checked").GetProperty("objection").GetString()!.ShouldContain("21 hari kerja");

        (await ProblemAsync(number, "steps/other/refilings", new { changes = Array.Empty<object>() }))
            .ShouldBe((409, "not-refused", null));
        (await ProblemAsync(
            number, "steps/checked/refilings", new { changes = new[] { new { pointer = "/text", value = "x" } } }))
            .ShouldBe((422, "invalid-request", "/changes/0/pointer"));
        await ActAsync(
            number, "steps/checked/refilings",
            new { changes = new[] { new { pointer = "/input/text", value = "mended" } } });

        var again = await StubAgencies.HeardAsync(
            Agencies.Asked, a => a.ApplicationNumber.Value == number && a.Step is { StepId: "checked", Attempt: 2 });
        again.Inputs.GetProperty("text").GetString().ShouldBe("mended");
        await Agencies.ReplyAsync(
            new StepCompleted { Step = again.Step, Outputs = JsonSerializer.SerializeToElement(new { }) });
        await Agencies.CompleteAsync(number, "after");
        await Client.UntilAsync(number, "completed");
        Agencies.Asked.Count(a => a.ApplicationNumber.Value == number && a.Step.StepId == "other")
            .ShouldBe(1, "what was granted is not touched");
    }

    [Fact]
    public async Task An_application_is_cancelled_in_reverse_before_the_pivot()
    {
        var number = await Client.SubmitAsync(Submissions.Test("cancellable"));
        await Agencies.CompleteAsync(number, "first");
        await Agencies.CompleteAsync(number, "second");
        await Agencies.AskedAsync(number, "last");
        await ActAsync(number, "cancellation", new { });
        await ActAsync(number, "cancellation", new { });

        foreach (var step in (string[])["last", "second", "first"])
        {
            var asked = await StubAgencies.HeardAsync(
                Agencies.Cancellations, u => u.Step.ApplicationId == Agencies.Asked.First(
                    a => a.ApplicationNumber.Value == number).Step.ApplicationId && u.Step.StepId == step);
            asked.Reason.ShouldBe("cancelled-by-applicant");
            Agencies.Cancellations.Count(u => u.Step.ApplicationId == asked.Step.ApplicationId)
                .ShouldBe(step switch { "last" => 1, "second" => 2, _ => 3 }, "one after the other");
            await Agencies.ReplyAsync(new StepCancelled { Step = asked.Step });
        }

        var ended = await Client.UntilAsync(number, "cancelled");
        ended.GetProperty("steps")
            .EnumerateArray().ShouldAllBe(s => s.GetProperty("status").GetString() == "cancelled");
        (await ProblemAsync(number, "cancellation", new { })).ShouldBe((409, "application-ended", null));
    }

    [Fact]
    public async Task Past_the_pivot_it_goes_forward_only()
    {
        var number = await Client.SubmitAsync(Submissions.Test("cancellable"));
        await Agencies.CompleteAsync(number, "first");
        await Agencies.CompleteAsync(number, "second");
        var pivot = await Agencies.AskedAsync(number, "last");
        await ActAsync(number, "cancellation", new { });
        // The agency was faster: it issues, and does not take back what it issued.
        await Agencies.CompleteAsync(number, "last");
        await Agencies.ReplyAsync(new StepCancellationRefused
        {
            Step = pivot.Step,
            Reasons = [new("issued", new("Sudah terbit.", "Already issued."))]
        });
        await Client.UntilAsync(number, "completed");
        Agencies.Cancellations.Where(u => u.Step.ApplicationId == pivot.Step.ApplicationId)
            .ShouldAllBe(u => u.Step.StepId == "last");
    }

    [Fact]
    public async Task A_fee_goes_on_the_bill_and_its_payment_back_to_the_agency()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        var asked = await Agencies.AskedAsync(number, "only");
        await Agencies.ReplyAsync(new FeeRequested
        {
            Step = asked.Step,
            AmountRupiah = 30_000,
            Purpose = "PNBP",
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(3)
        });
        var fee = await StubAgencies.HeardAsync(Agencies.Fees, c => c.ApplicationNumber.Value == number);
        fee.AmountRupiah.ShouldBe(30_000);
        await Agencies.ReplyAsync(
            new FeeBilled { Step = asked.Step, BillingCode = "820261122000017", ExpiresAt = fee.ExpiresAt });
        await Mpp.Support.Wait.UntilAsync(
            async () => (await Client.ApplicationAsync(number)).Step("only")
                .GetProperty("fee") is { ValueKind: JsonValueKind.Object } fee
                && fee.TryGetProperty("billingCode", out var code) && code.GetString() == "820261122000017",
            TimeSpan.FromSeconds(20), "the bill is not shown.");

        var paid = new FeePaid
        {
            Step = asked.Step,
            BillingCode = "820261122000017",
            AmountRupiah = 30_000,
            PaidAt = TimeProvider.System.GetUtcNow()
        };
        await Agencies.ReplyAsync(paid);
        await Agencies.ReplyAsync(paid);
        (await StubAgencies.HeardAsync(Agencies.Paid, p => p.Step == asked.Step)).ShouldBe(paid);
        await Agencies.CompleteAsync(number, "only");
        await Client.UntilAsync(number, "completed");
        Agencies.Paid.Count(p => p.Step == asked.Step).ShouldBe(1);
        (await Client.TimelineAsync(number)).Count(e => e.GetProperty("kind").GetString() == "fee-paid").ShouldBe(1);
    }

    [Fact]
    public async Task Operators_act_with_a_reason_and_within_the_rules()
    {
        var number = await Client.SubmitAsync(Submissions.Test("mendable"));
        await Agencies.AskedAsync(number, "checked");
        (await ProblemAsync(number, "steps/checked/acts", new { act = "retry", reason = "no answer" })).Status
            .ShouldBe(403);
        var token = Tokens.Create("operations", "applications.submit applications.read applications.operate");
        (await ProblemAsync(number, "steps/checked/acts", new { act = "retry", reason = "" }, token))
            .ShouldBe((422, "invalid-request", "/reason"));
        (await ProblemAsync(number, "steps/checked/acts", new { act = "extend", reason = "agreed" }, token))
            .ShouldBe((422, "invalid-request", "/dueAt"));
        (await ProblemAsync(number, "steps/after/acts", new { act = "retry", reason = "no answer" }, token))
            .ShouldBe((409, "not-possible-now", null));

        await ActAsync(number, "steps/checked/acts", new { act = "retry", reason = "no answer" }, token);
        await StubAgencies.HeardAsync(Agencies.Asked, a => Agencies.Asked.Count(b => b.Step == a.Step) == 2
            && a.ApplicationNumber.Value == number);
        (await ProblemAsync(number, "steps/checked/acts",
            ByHand(new { value = 1, level = "king" }, "paper"), token))
            .ShouldBe((422, "invalid-request", "/outputs/level"));
        (await ProblemAsync(number, "steps/checked/acts",
            ByHand(new { nonsense = true }, "paper"), token))
            .ShouldBe((422, "invalid-request", "/outputs/nonsense"));
        (await ProblemAsync(number, "steps/checked/acts", ByHand(Issued, "skck"), token))
            .ShouldBe((422, "invalid-request", "/documents/0/kind"));
        (await ProblemAsync(number, "steps/checked/acts", ByHand(Issued, "paper", "2026-11-21"), token))
            .ShouldBe((422, "invalid-request", "/documents/0/validUntil"));
        (await ProblemAsync(number, "steps/checked/acts", ByHand(Issued, null!), token)).Status
            .ShouldBeInRange(400, 422);
        await ActAsync(number, "steps/checked/acts", ByHand(Issued, "paper"), token);
        await ActAsync(number, "steps/after/acts", new { act = "skip", reason = "not needed here" }, token);
        await Agencies.CompleteAsync(number, "other");
        await Client.UntilAsync(number, "completed");
        var acts = (await Client.TimelineAsync(number))
            .Where(e => e.GetProperty("kind").GetString() == "operator-acted").ToList();
        acts.Select(a => a.GetProperty("data").GetProperty("act").GetString()).ShouldBe(["retry", "complete", "skip"]);
        acts.ShouldAllBe(
            a => a.GetProperty("data").GetProperty("by").GetProperty("client").GetString() == "operations");
    }

    [Fact]
    public async Task An_agency_hears_of_another_time_and_nobody_prolongs_the_laws()
    {
        var number = await Client.SubmitAsync(Submissions.Test("timed"));
        var asked = await Agencies.AskedAsync(number, "agreed");
        var token = Tokens.Create("operations", "applications.submit applications.read applications.operate");
        var dueAt = asked.DueAt!.Value.AddDays(3);

        (await ProblemAsync(number, "steps/legal/acts", new { act = "extend", reason = "agreed", dueAt }, token))
            .ShouldBe((409, "legal-limit", null));
        await ActAsync(number, "steps/agreed/acts", new { act = "extend", reason = "agreed", dueAt }, token);

        (await StubAgencies.HeardAsync(Agencies.Extended, e => e.Step == asked.Step)).ShouldBe(
            new StepDeadlineExtended { Step = asked.Step, Service = "police/skck", DueAt = dueAt });
    }

    [Fact]
    public async Task Another_client_takes_an_application_over_with_an_owners_nik()
    {
        var number = await Client.SubmitAsync(Submissions.Test("mendable", Submissions.Nik));
        var kiosk = Tokens.Create("kiosk");
        (await ProblemAsync(number, "cancellation", new { }, kiosk)).ShouldBe((403, "handled-by-another-client", null));
        (await ProblemAsync(number, "channel", new { channel = "self", ownerNik = "7402014107900009" }, kiosk))
            .ShouldBe((403, "not-an-owner", "/ownerNik"));
        (await ProblemAsync(number, "channel", new { channel = "horse", ownerNik = Submissions.Nik }, kiosk))
            .ShouldBe((422, "invalid-request", "/channel"));
        (await ActAsync(number, "channel", new { channel = "self", ownerNik = Submissions.Nik }, kiosk))
            .GetProperty("channel").GetString().ShouldBe("self");
        (await ProblemAsync(number, "cancellation", new { })).ShouldBe((403, "handled-by-another-client", null));
        string.Concat(await Client.TimelineAsync(number)).ShouldNotContain(Submissions.Nik);
    }

    [Fact]
    public async Task Who_read_an_older_state_is_told()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        using var read = await Client.GetAsync($"/v1/applications/{number}");
        await Agencies.ReplyAsync(
            new StepAccepted { Step = (await Agencies.AskedAsync(number, "only")).Step, AgencyFileNumber = "F-1" });
        await Until(number, "only", "in-progress");
        (await ProblemAsync(number, "cancellation", new { }, ifMatch: read.Headers.ETag!.ToString()))
            .ShouldBe((412, "application-changed", null));
        (await ProblemAsync(number, "cancellation", new { }, ifMatch: "no tag"))
            .ShouldBe((412, "application-changed", null));
    }

    [Fact]
    public async Task Filing_for_somebody_else_needs_its_scope_and_is_recorded()
    {
        var body = """{"package":"one-step","region":"74.02","channel":"counter","input":{"text":"x"},"representation":{"authority":"agreement","reference":"PKS/12/2026"}}""";
        using var refused = await Client.PostAsync(body);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var number = await Client.SubmitAsync(
            body, token: Tokens.Create("hospital", "applications.submit applications.read applications.represent"));
        (await Client.ApplicationAsync(number))
            .GetProperty("representation").GetProperty("reference").GetString().ShouldBe("PKS/12/2026");
    }

    [Fact]
    public async Task A_precheck_asks_all_agencies_at_once_waits_for_none_and_stores_nothing()
    {
        var body = """{"region":"74.02","input":{}}""";
        using var warm = await Client.PostToAsync("/v1/packages/mendable/precheck", body);
        var before = await fixture.RowsAsync();
        var clock = Stopwatch.StartNew();
        using var response = await Client.PostToAsync("/v1/packages/mendable/precheck", body);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1.5), "one of the agencies hangs");

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var result = await response.JsonAsync();
        result.GetProperty("ready").GetBoolean().ShouldBeFalse();
        result.GetProperty("missingFields").EnumerateArray().Select(f => f.GetString()).ShouldBe(["/input/text"]);
        var steps = result.GetProperty("steps")
            .EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!, StringComparer.Ordinal);
        steps["checked"].GetProperty("answered").GetBoolean().ShouldBeTrue();
        steps["other"].GetProperty("answered").GetBoolean().ShouldBeFalse();
        var said = steps["checked"].GetProperty("requirements")
            .EnumerateArray().Single(r => r.GetProperty("requirement").GetString() == "no-open-record");
        (said.GetProperty("status").GetString(), said.GetProperty("remedy").GetString(),
            said.GetProperty("pointer").GetString()).ShouldBe(("missing", "Selesaikan perkara.", "/input/text"));
        (await fixture.RowsAsync()).ShouldBe(before);
        using var unknown = await Client.PostToAsync("/v1/packages/nothing/precheck", body);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("police-prechecks", 0)]
    [InlineData("police-prechecks", 1)]
    [InlineData("police-prechecks", TimeSpan.TicksPerMillisecond - 1)]
    // An agency that was never there has no exchange, and no answer either.
    [InlineData("nobody-prechecks", TimeSpan.TicksPerSecond)]
    public async Task A_question_that_nobody_can_answer_in_time_has_no_answer(string queue, long ticks)
    {
        var questions = fixture.Services.GetRequiredService<IQuestions>();

        (await questions.AskAsync<CheckPreconditions, PreconditionsChecked>(queue, "police", new()
        {
            Service = "police/skck",
            Region = Mpp.Contracts.RegionCode.Parse("74.02"),
            Client = "portal",
            Inputs = JsonElement.Parse("{}"),
        }, TimeSpan.FromTicks(ticks), CancellationToken.None)).ShouldBeNull();
    }

    private static readonly object Issued =
        new { value = 1, level = "polres" };

    private static object ByHand(object outputs, string kind, string validUntil = "2027-05-22") => new
    {
        act = "complete",
        reason = "done on paper",
        evidence = "minutes 12/2026",
        outputs,
        documents = new[] { new { kind, number = "N-1", validFrom = "2026-11-22", validUntil } },
    };

    private static object Answer(string value) =>
        new { answers = new[] { new { requirement = "photo", pointer = "/input/text", value } } };

    private Task Until(string number, string step, string status) => Mpp.Support.Wait.UntilAsync(
        async () => (await Client.ApplicationAsync(number)).Step(step).GetProperty("status").GetString() == status,
        TimeSpan.FromSeconds(20), $"{step} is not {status}.");

    private Task<JsonElement> ActAsync(string number, string act, object body, string? token = null) =>
        Client.ActAsync(number, act, body, token);

    private Task<(int Status, string Type, string? Pointer)> ProblemAsync(
        string number, string act, object body, string? token = null, string? ifMatch = null) =>
        Client.ProblemAsync(number, act, body, token, ifMatch);
}
