using System.Net;
using Microsoft.EntityFrameworkCore;
using Mpp.Contracts.Steps;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Operations;

/// <summary>Who sees and does what at the console.</summary>
[Collection(ConsoleTests.Name)]
public sealed class RightsTests(ConsoleFixture console)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Nobody_sees_the_applications_of_another_region()
    {
        const string Number = "7402-271126-CCCCCC";
        await StuckAsync(Number);

        (await console.PageAsync("/console/now", ConsoleFixture.Elsewhere)).ShouldNotContain(Number);
        (await console.PageAsync($"/console/applications/{Number}", ConsoleFixture.Elsewhere)).ShouldStartWith("404");
        (await console.PageAsync("/console/now", "operator;;applications.read")).ShouldNotContain(Number);
    }

    [Fact]
    public async Task Without_the_coordinator_the_page_shows_what_the_console_knows_and_says_so()
    {
        const string Number = "7402-271126-DDDDDD";
        await StuckAsync(Number);

        var page = await console.PageAsync($"/console/applications/{Number}");
        page.ShouldStartWith("200");
        page.ShouldContain("does not answer");
        page.ShouldContain("stalled");
        (await console.PageAsync($"/console/applications/{Number}", language: "id")).ShouldContain("tidak menjawab");
    }

    [Fact]
    public async Task An_operator_acts_with_the_own_token_and_an_auditor_does_not()
    {
        const string Number = "7402-271126-EEEEEE";
        await StuckAsync(Number);
        var page = $"/console/applications/{Number}";
        (string, string)[] act = [("act", "retry"), ("reason", "the agency says it is back"), ("key", "one-and-only")];

        (await console.PageAsync(page, ConsoleFixture.Auditor)).ShouldContain("Your role reads only.");
        using var refused = await console.SendFormAsync(page, $"{page}/steps/skck/act", ConsoleFixture.Auditor, act);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        console.Mall.Acts.ShouldNotContain(done => done.Path.Contains(Number, StringComparison.Ordinal));

        console.Mall.Applications[Number] = Application(Number);
        using var done = await console.SendFormAsync(page, $"{page}/steps/skck/act", ConsoleFixture.Operator, act);
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var asked = console.Mall.Acts.Single(a => a.Path == $"/v1/applications/{Number}/steps/skck/acts");
        asked.Token.ShouldBe("of-operator-74.02");
        asked.Body.ShouldContain("\"act\":\"retry\"");
        (await console.ReadAsync(database => database.Records.SingleAsync(r => r.Number == Number)))
            .ShouldSatisfyAllConditions(r => r.Act.ShouldBe("retry"), r => r.Subject.ShouldBe("operator-74.02"));
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_not_taken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/console/applications/7402-271126-EEEEEE/show")
        {
            Content = new FormUrlEncodedContent([new("reason", "to look")]),
        };
        request.Headers.Add("Test-Person", ConsoleFixture.Operator);

        using var answer = await console.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Numbers_that_lead_to_a_person_are_shown_for_a_reason_only_and_that_is_recorded()
    {
        const string Number = "7402-271126-FFFFFF";
        await StuckAsync(Number);
        console.Mall.Applications[Number] = Application(Number);
        var page = $"/console/applications/{Number}";

        (await console.PageAsync(page)).ShouldNotContain("SKCK/123");
        using var without = await console.SendFormAsync(page, $"{page}/show", ConsoleFixture.Auditor, ("reason", " "));
        (await without.Content.ReadAsStringAsync()).ShouldNotContain("SKCK/123");

        using var shown = await console.SendFormAsync(
            page, $"{page}/show", ConsoleFixture.Auditor, ("reason", "complaint 12/2026"));
        (await shown.Content.ReadAsStringAsync()).ShouldContain("SKCK/123");
        (await console.PageAsync(page)).ShouldContain("complaint 12/2026");
    }

    private static string Application(string number) =>
        $$"""
        {"number":"{{number}}","package":"job-seeker","packageVersion":1,"title":"Work","region":"74.02",
         "channel":"electronic","status":"in-progress","statusText":"In progress.","nextToAct":[],"sequence":2,
         "submittedAt":"2026-11-22T02:00:00Z","updatedAt":"2026-11-22T02:05:00Z",
         "steps":[{"id":"skck","service":"police/skck","serviceName":"SKCK","agency":"police","agencyName":"Police",
           "status":"stalled","statusText":"Stalled.","since":"2026-11-22T02:05:00Z","attempt":1,
           "documents":[{"kind":"skck","number":"SKCK/123/XI/2026","validFrom":"2026-11-22"}],"reasons":[],
           "earlierFees":[],"canRefile":false,"needsOperator":true}]}
        """;

    private async Task StuckAsync(string number)
    {
        await console.TellAsync(Changes.Of(Guid.CreateVersion7(), number, 2, StepStatus.Stalled,
            ApplicationStatus.InProgress, matters: ["stalled"], acts: ["retry", "skip"]));
        await Wait.UntilAsync(
            async () => (await console.PageAsync("/console/now")).Contains(number, StringComparison.Ordinal),
            Limit, () => $"{number} is not shown as stuck.");
    }
}
