using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Applications;

[Collection(CoordinatorTests.Name)]
public sealed class ReadingTests(CoordinatorFixture fixture)
{
    private HttpClient Client => fixture.Client;

    [Theory]
    [InlineData("7402-261122-K7QX4M")]
    [InlineData("nonsense")]
    public async Task An_unknown_number_is_not_found(string number)
    {
        foreach (var path in (string[])["", "/timeline", "/events"])
        {
            using var response = await Client.GetAsync($"/v1/applications/{number}{path}");
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await response.JsonAsync())
                .GetProperty("type").GetString().ShouldBe("urn:mpp:problem:unknown-application");
        }
    }

    [Fact]
    public async Task A_caller_of_another_region_does_not_learn_that_an_application_exists()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        foreach (var path in (string[])["", "/timeline", "/events"])
        {
            (await StatusAsync(path, "73.71")).ShouldBe(HttpStatusCode.NotFound);
            (await StatusAsync(path, null)).ShouldBe(HttpStatusCode.NotFound);
            (await StatusAsync(path, "74")).ShouldBe(HttpStatusCode.OK, "the province sees its regencies");
            (await StatusAsync(path, "*")).ShouldBe(HttpStatusCode.OK);
        }

        async Task<HttpStatusCode> StatusAsync(string path, string? region)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/applications/{number}{path}");
            request.Headers.Authorization = new("Bearer", Tokens.Create(region: region));
            using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task An_application_is_shown_in_the_callers_language_and_not_sent_twice()
    {
        var number = (await Client.SubmitAsync(Submissions.Test("one-step"))).ToLowerInvariant();
        using var indonesian = await GetAsync("id-ID,en;q=0.5", tag: null);
        (await indonesian.JsonAsync())
            .GetProperty("statusText").GetString().ShouldBe("Permohonan sedang diproses oleh instansi.");
        using var english = await GetAsync("fr, en-GB", tag: null);
        var application = await english.JsonAsync();
        application.GetProperty("statusText").GetString().ShouldBe("The agencies are processing the application.");
        application.GetProperty("nextToAct")[0].GetProperty("agency").GetString().ShouldBe("police");
        english.Headers.ETag!.Tag.ShouldNotBe(indonesian.Headers.ETag!.Tag);

        using var again = await GetAsync("en", english.Headers.ETag.Tag);
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await fixture.Agencies.CompleteAsync(number.ToUpperInvariant(), "only");
        await Client.UntilAsync(number, "completed");
        using var changed = await GetAsync("en", english.Headers.ETag.Tag);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task<HttpResponseMessage> GetAsync(string language, string? tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/applications/{number}");
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            return await Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var document = JsonElement.Parse(await Client.GetStringAsync("/openapi/v1.json"));
        document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ShouldBe(
            ["/v1/applications", "/v1/applications/{number}", "/v1/applications/{number}/steps/{step}/corrections",
                "/v1/applications/{number}/steps/{step}/refilings", "/v1/applications/{number}/cancellation",
                "/v1/applications/{number}/channel", "/v1/applications/{number}/steps/{step}/acts",
                "/v1/applications/{number}/timeline", "/v1/applications/{number}/events", "/v1/worklist",
                "/v1/packages/{code}/precheck"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_timeline_is_read_page_by_page()
    {
        var number = await Client.SubmitAsync(Submissions.Test("fan-in"));
        var seen = new List<long>();
        for (var next = (string?)$"/v1/applications/{number}/timeline?limit=4"; next is not null;)
        {
            using var page = await Client.GetAsync(next);
            seen.AddRange((await page.JsonAsync())
                .GetProperty("items").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()));
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        seen.ShouldBe(Enumerable.Range(1, 9).Select(i => (long)i));
        (await Client.GetAsync($"/v1/applications/{number}/timeline?limit=0")).StatusCode
            .ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_entry_names_its_span_to_everybody_and_leads_operators_to_it()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/applications")
        {
            Content = new StringContent(Submissions.Test("one-step"), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        using var answer = await Client.SendAsync(request);
        var number = (await answer.JsonAsync()).GetProperty("number").GetString()!;

        var seen = await FirstAsync(Tokens.Create());
        seen.GetProperty("traceId").GetString().ShouldBe(trace);
        var span = seen.GetProperty("spanId").GetString()!;
        span.ShouldMatch("^[0-9a-f]{16}$");
        seen.TryGetProperty("url", out _).ShouldBeFalse();

        (await FirstAsync(Tokens.Create(client: "operator", scope: "applications.read applications.operate")))
            .GetProperty("url").GetString().ShouldBe($"https://traces.test/{trace}?span={span}");

        async Task<JsonElement> FirstAsync(string token)
        {
            using var timeline = await Client.GetAsAsync($"/v1/applications/{number}/timeline?limit=1", token);
            return (await timeline.JsonAsync()).GetProperty("items")[0].GetProperty("trace");
        }
    }

    [Fact]
    public async Task A_live_stream_resumes_where_it_broke_on_any_copy_of_the_service_and_ends_with_the_application()
    {
        var other = await fixture.StartCopyAsync();
        var number = await Client.SubmitAsync(Submissions.Test("two-branches"));
        await using (var first = await LiveStream.OpenAsync(Client, number))
        {
            (await first.NextAsync()).ShouldBe((1, "application-submitted"));
            (await first.NextAsync()).ShouldBe((2, "step-requested"));
            (await first.NextAsync()).ShouldBe((3, "step-requested"));
            await fixture.Agencies.CompleteAsync(number, "right");
            (await first.NextAsync()).ShouldBe((4, "step-completed"));
        }

        await fixture.Agencies.CompleteAsync(number, "left");
        await using var second = await LiveStream.OpenAsync(other, number, after: 4);
        await using var third = await LiveStream.OpenAsync(Client, number, after: 4);
        await fixture.Agencies.CompleteAsync(number, "after-left");
        foreach (var stream in (LiveStream[])[second, third])
        {
            (await stream.NextAsync()).ShouldBe((5, "step-completed"));
            (await stream.NextAsync()).ShouldBe((6, "step-requested"));
            (await stream.NextAsync()).ShouldBe((7, "step-completed"));
            (await stream.NextAsync()).ShouldBe((8, "application-ended"));
            (await stream.NextAsync()).ShouldBeNull("the stream ends with the application");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/applications/{number}/events");
        request.Headers.Add("Last-Event-ID", "8");
        (await Client.SendAsync(request)).StatusCode
            .ShouldBe(HttpStatusCode.NoContent, "there is nothing more to come");
    }

    [Fact]
    public async Task A_stream_of_what_is_filed_again_goes_on_past_its_first_end()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        await fixture.Agencies.RefuseAsync(number, "only");
        await Client.UntilAsync(number, "refused");
        await Client.ActAsync(number, "steps/only/refilings", new { changes = Array.Empty<object>() });

        await using var stream = await LiveStream.OpenAsync(Client, number);
        foreach (var kind in (string[])["application-submitted", "step-requested", "step-refused", "application-ended",
            "step-refiled", "step-requested"])
        {
            (await stream.NextAsync())!.Value.Kind.ShouldBe(kind);
        }

        var again = await StubAgencies.HeardAsync(
            fixture.Agencies.Asked, a => a.ApplicationNumber.Value == number && a.Step.Attempt == 2);
        await fixture.Agencies.ReplyAsync(
            new StepCompleted { Step = again.Step, Outputs = JsonElement.Parse("{}") });
        (await stream.NextAsync())!.Value.Kind.ShouldBe("step-completed");
        (await stream.NextAsync())!.Value.Kind.ShouldBe("application-ended");
        (await stream.NextAsync()).ShouldBeNull("now all is told");
    }

    [Fact]
    public async Task A_stream_ends_also_when_a_note_has_followed_the_end()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        var step = (await fixture.Agencies.AskedAsync(number, "only")).Step;
        await fixture.Agencies.CompleteAsync(number, "only");
        await Client.UntilAsync(number, "completed");
        await fixture.Agencies.ReplyAsync(new StepAccepted { Step = step, AgencyFileNumber = "F-1" });
        await Mpp.Support.Wait.UntilAsync(async () => (await Client.TimelineAsync(number)).Count == 5,
            TimeSpan.FromSeconds(20), "the late reply is not noted.");

        foreach (var after in (long?[])[null, 3, 4])
        {
            await using var stream = await LiveStream.OpenAsync(Client, number, after);
            for (var sequence = (after ?? 0) + 1; sequence <= 5; sequence++)
            {
                (await stream.NextAsync())!.Value.Id.ShouldBe(sequence);
            }

            (await stream.NextAsync()).ShouldBeNull($"after {after}");
        }
    }

    /// <summary>Server-sent events as a browser reads them.</summary>
    private sealed class LiveStream(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<LiveStream> OpenAsync(HttpClient client, string number, long? after = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/applications/{number}/events");
            if (after is { } id)
            {
                request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
            }

            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
            return new(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        }

        public async Task<(long Id, string Kind)?> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var (id, kind) = (0L, "");
            while (await reader.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
                }
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    kind = line[7..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    JsonElement.Parse(line[6..]).GetProperty("sequence").GetInt64().ShouldBe(id);
                }
                else if (line.Length == 0 && id > 0)
                {
                    return (id, kind);
                }
            }

            return null;
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
