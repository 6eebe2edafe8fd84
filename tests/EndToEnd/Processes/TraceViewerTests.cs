using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using Mpp.Contracts;
using Mpp.Local;
using Mpp.Sandbox;
using Mpp.Support;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Processes;

/// <summary>The viewer of traces that Local starts: one application, whole, two clicks from its number.</summary>
[SupportedOSPlatform("linux")]
public sealed class TraceViewerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_viewer_shows_an_application_whole_and_each_entry_leads_into_it()
    {
        await TestMachine.TakeAsync();
        await using var mall = await Mall.StartAsync(MallOptions.ForTests() with { Traces = true });
        var viewer = mall.Traces.ShouldNotBeNull("this machine has one");
        using var portal = await mall.ClientAsync();
        var person = Population.JobSeekers(Population.Generate()).First();
        using var filed = await portal.PostAsJsonAsync("/v1/applications", SandboxApplications.JobSeeker(person));
        filed.StatusCode.ShouldBe(HttpStatusCode.Created, await filed.Content.ReadAsStringAsync());
        var trace = filed.Headers.GetValues("Trace-Id").Single();

        using var api = new HttpClient();
        api.DefaultRequestHeaders.Add("x-api-key", mall.Servers.Data.Secrets["traces/api"]);
        var shown = "";
        await Wait.UntilAsync(
            async () =>
            {
                // It is not there before its first spans have come.
                using var answer = await api.GetAsync(new Uri(viewer.Address, $"api/telemetry/traces/{trace}"));
                shown = $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
                return ((string[])["gateway", "applications", "civil-registry", "bpjs", "police", "payments"])
                    .All(service => shown.Contains($"\"{service}\"", StringComparison.Ordinal));
            },
            Limit, () => $"the viewer shows {shown}");
        shown.ShouldContain(TelemetryTags.ApplicationNumber);

        using var operators = await mall.ClientAsync("operator");
        var number = (await filed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString();
        var timeline = await operators.GetFromJsonAsync<JsonElement>($"/v1/applications/{number}/timeline");
        var link = timeline.GetProperty("items")[0].GetProperty("trace").GetProperty("url").GetString()!;
        link.ShouldStartWith($"{viewer.Address}traces/detail/{trace}?spanId=");
        await ShouldAskForTheTokenAsync(new Uri(link));
        await ShouldAskForTheTokenAsync(new Uri(viewer.Address, $"api/telemetry/traces/{trace}"));
    }

    private static async Task ShouldAskForTheTokenAsync(Uri page)
    {
        using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await stranger.GetAsync(page);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.Unauthorized);
    }
}
