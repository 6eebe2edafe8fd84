using Microsoft.EntityFrameworkCore;
using Mpp.Applications.Flow;
using Mpp.Contracts.Steps;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>Applications on a real PostgreSQL and a real RabbitMQ, from the request to the last reply.</summary>
[Collection(CoordinatorTests.Name)]
public sealed class FlowTests(CoordinatorFixture fixture)
{
    private static readonly object Identity = new
    {
        exists = true,
        active = true,
        name = "As Registered",
        fields = new { name = "match", birthDate = "match", familyCardNumber = "match" },
    };

    private HttpClient Client => fixture.Client;

    private StubAgencies Agencies => fixture.Agencies;

    [Fact]
    public async Task An_application_goes_from_agency_to_agency_and_comes_back_completed()
    {
        var number = await Client.SubmitAsync(Submissions.JobSeeker());
        await Agencies.CompleteAsync(number, "identity", Identity);
        await Agencies.CompleteAsync(number, "membership", new { status = "inactive" });
        var asked = await Agencies.AskedAsync(number, "skck");
        asked.Inputs.GetProperty("jknStatus")
            .GetString().ShouldBe("inactive", "the output of one agency is an input of the next");
        asked.Inputs.GetProperty("name").GetString().ShouldBe("As Registered", "not as typed");
        asked.Inputs.EnumerateObject()
            .Select(f => f.Name).ShouldBe(["nik", "name", "birthDate", "purpose", "jknStatus"], ignoreOrder: true);
        await Agencies.CompleteAsync(number, "skck", new
        {
            skckNumber = "skck-1",
            level = "polres",
            record = "none",
            validUntil = "2027-05-22",
        });

        var application = await Client.UntilAsync(number, "completed");
        application.Step("skck").GetProperty("documents")[0].GetProperty("number").GetString().ShouldBe("skck-1");
        application.GetProperty("nextToAct").GetArrayLength().ShouldBe(0);
        var timeline = await Client.TimelineAsync(number);
        timeline.Select(e => e.GetProperty("sequence").GetInt64())
            .ShouldBe(Enumerable.Range(1, timeline.Count).Select(i => (long)i));
        timeline[^1].GetProperty("kind").GetString().ShouldBe("application-ended");
        string.Concat(timeline).ShouldNotContain(Submissions.Nik);
        application.ToString().ShouldNotContain(Submissions.Nik);

        await Wait.UntilAsync(() => Agencies.Changes.Any(c => c.ApplicationNumber.Value == number
            && c.Status is ApplicationStatus.Completed), TimeSpan.FromSeconds(20), "the end was not announced.");
        var announced = Agencies.Changes.Where(c => c.ApplicationNumber.Value == number)
            .Select(c => c.Sequence).ToList();
        announced.Distinct().Count().ShouldBe(announced.Count, "each change is announced once");
        announced.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_refused_branch_leaves_the_other_to_its_end()
    {
        var number = await Client.SubmitAsync(Submissions.Test("two-branches"));
        await Agencies.RefuseAsync(number, "left");
        await Agencies.CompleteAsync(number, "right");
        var application = await Client.UntilAsync(number, "completed-in-part");
        application.Step("after-left").GetProperty("skippedBecause").GetString().ShouldBe("left");
        application.Step("left").GetProperty("reasons")[0].GetProperty("text").GetString().ShouldBe("Ada catatan.");
    }

    [Fact]
    public async Task Replies_that_come_at_the_same_moment_are_all_counted()
    {
        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Client.SubmitAsync(Submissions.Test("fan-in"))));
        foreach (var number in numbers)
        {
            await Agencies.AskedAsync(number, "part-8");
        }

        await Task.WhenAll(numbers.SelectMany(number => Enumerable.Range(1, 8)
            .Select(i => Agencies.CompleteAsync(number, $"part-{i}", new { value = i }))));
        foreach (var number in numbers)
        {
            var whole = await Agencies.AskedAsync(number, "whole");
            whole.Inputs.EnumerateObject()
                .Select(f => f.Value.GetInt32()).ShouldBe(Enumerable.Range(1, 8), ignoreOrder: true);
            await Agencies.CompleteAsync(number, "whole");
            await Client.UntilAsync(number, "completed");
            (await Client.TimelineAsync(number)).Count.ShouldBe(1 + 9 + 9 + 1);
        }

        Agencies.Asked.Count(a => a.Step.StepId == "whole").ShouldBe(numbers.Length);
    }

    [Fact]
    public async Task A_reply_that_comes_twice_takes_effect_once()
    {
        var number = await Client.SubmitAsync(Submissions.Test("two-branches"));
        var messageId = Guid.NewGuid();
        await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Agencies.CompleteAsync(number, "left", messageId: messageId)));
        await Agencies.CompleteAsync(number, "left");
        await Agencies.CompleteAsync(number, "after-left");
        await Agencies.CompleteAsync(number, "right");
        await Client.UntilAsync(number, "completed");
        // The same message again is caught by the inbox; the same answer in another message is noted, once.
        await Wait.UntilAsync(async () => (await Client.TimelineAsync(number)).Any(e => e.GetProperty("kind")
            .GetString() == "reply-ignored"), TimeSpan.FromSeconds(20), "the second answer was not noted.");
        var kinds = (await Client.TimelineAsync(number)).Select(e => e.GetProperty("kind").GetString()).ToList();
        kinds.Count(k => k == "step-completed").ShouldBe(3);
        kinds.Count(k => k == "reply-ignored").ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_to_an_unknown_application_is_kept_for_an_operator()
    {
        var reply = new StepAccepted { Step = new StepRef(Guid.CreateVersion7(), "skck", 1), AgencyFileNumber = "1" };
        await Agencies.ReplyAsync(reply);
        await Agencies.ReplyAsync(reply);
        await Wait.UntilAsync(
            () => fixture.ReadAsync(d => d.UnknownReplies.AnyAsync(
                r => r.ApplicationId == reply.Step.ApplicationId && r.Count == 2 && r.Kind == "step-accepted")),
            TimeSpan.FromSeconds(20), "the reply is not in unknown_replies.");
    }

    [Fact]
    public async Task An_alarm_that_comes_too_early_changes_nothing()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        var asked = await Agencies.AskedAsync(number, "only");
        await Agencies.ReplyAsync(new Mpp.Applications.Coordination.ApplicationAlarm(asked.Step.ApplicationId));
        await Agencies.CompleteAsync(number, "only");
        await Client.UntilAsync(number, "completed");
        (await Client.TimelineAsync(number)).Select(e => e.GetProperty("kind").GetString())
            .ShouldBe(["application-submitted", "step-requested", "step-completed", "application-ended"]);
    }

    [Fact]
    public async Task A_stored_timeline_replays_to_the_stored_state()
    {
        var number = await Client.SubmitAsync(Submissions.JobSeeker());
        await Agencies.CompleteAsync(number, "identity", Identity);
        await Agencies.CompleteAsync(number, "membership", new { status = "active" });
        await Agencies.RefuseAsync(number, "skck");
        await Client.UntilAsync(number, "refused");

        var row = await fixture.ReadAsync(d => d.Applications.SingleAsync(a => a.Number == number));
        var entries = await fixture.ReadAsync(
            d => d.Timeline.Where(t => t.ApplicationId == row.Id).OrderBy(t => t.Sequence).ToListAsync());
        var replayed = Evolution.Replay(
            entries.Select(t => new TimelineEntry(t.Sequence, t.At, FlowJson.Read(t.Kind, t.Data))));
        FlowJson.Write(replayed).ShouldBe(FlowJson.Write(FlowJson.ReadState(row.State)));
        (await fixture
            .ReadAsync(d => d.PersonalData.Where(p => p.ApplicationId == row.Id).Select(p => p.Part).ToListAsync()))
            .ShouldBe(["input", "steps/identity", "steps/membership"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_running_application_stays_on_its_version_when_the_catalogue_moves_on_or_goes_away()
    {
        fixture.Catalogue.Packages.Add(StubCatalogue.Package(
            "moving", 1, new Contracts.Packages.StepDefinition { Id = "old", Service = "police/paper" },
            new Contracts.Packages.StepDefinition { Id = "old-too", Service = "police/paper", Needs = ["old"] }));
        fixture.Catalogue.Version++;
        await UntilOfferedAsync(1);
        var old = await Client.SubmitAsync(Submissions.Test("moving"));

        fixture.Catalogue.Packages.RemoveAll(p => p.Code == "moving");
        fixture.Catalogue.Packages.Add(StubCatalogue.Package(
            "moving", 2, new Contracts.Packages.StepDefinition { Id = "new", Service = "police/paper" }));
        fixture.Catalogue.Version++;
        await UntilOfferedAsync(2);

        var other = await fixture.StartCopyAsync();
        fixture.Catalogue.Down = true;
        try
        {
            await Agencies.CompleteAsync(old, "old");
            await Agencies.CompleteAsync(old, "old-too");
            (await other.UntilAsync(old, "completed")).GetProperty("packageVersion").GetInt32().ShouldBe(1);
            var young = await other.SubmitAsync(Submissions.Test("moving"));
            await Agencies.CompleteAsync(young, "new");
            (await Client.UntilAsync(young, "completed")).GetProperty("packageVersion").GetInt32().ShouldBe(2);
        }
        finally
        {
            fixture.Catalogue.Down = false;
        }
    }

    /// <summary>
    /// A package that is not known makes the service ask the catalogue again, at most every two seconds.
    /// </summary>
    private Task UntilOfferedAsync(int version) => Wait.UntilAsync(async () =>
    {
        await Client.PostAsync(Submissions.Test("no-such-package"));
        return fixture.Services.GetService(
            typeof(Mpp.Applications.Packages.PackageDefinitions)) is Mpp.Applications.Packages.PackageDefinitions p
            && p.Offered("moving")?.Definition.Version == version;
    }, TimeSpan.FromSeconds(20), "the version was not taken over.");
}
