using System.Net;
using System.Text.Json;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>What cannot be accepted gets its reason, and leaves nothing behind.</summary>
[Collection(CoordinatorTests.Name)]
public sealed class SubmissionTests(CoordinatorFixture fixture)
{
    private HttpClient Client => fixture.Client;

    public static TheoryData<string, string, int, string, string?> BadInput => new()
    {
        { "malformed JSON", "{\"package\": ", 400, "malformed-json", null },
        { "an empty body", "", 400, "malformed-json", null },
        { "bytes after the end", Submissions.JobSeeker() + "}", 400, "malformed-json", null },
        { "no object", "[]", 422, "invalid-request", null },
        { "a missing field", """{"package":"job-seeker","region":"74.02","input":{}}""", 422,
            "invalid-request", "/channel" },
        { "a wrong type", """{"package":7,"region":"74.02","channel":"counter","input":{}}""", 422,
            "invalid-request", "/package" },
        { "an unknown field",
            """{"package":"one-step","region":"74.02","channel":"counter","input":{"text":"a"},"status":"completed"}""",
            422, "invalid-request", "/status" },
        { "an unknown channel", Submissions.JobSeeker().Replace("electronic", "pigeon", StringComparison.Ordinal), 422,
            "invalid-request", "/channel" },
        { "an unknown package", Submissions.Test("no-such-package"), 422, "unknown-package", "/package" },
        { "an unknown region", Submissions.Test("one-step", region: "99.99"), 422, "unknown-region", "/region" },
        { "a province for a region", Submissions.Test("one-step", region: "74"), 422, "unknown-region", "/region" },
        { "no region at all", Submissions.Test("one-step", region: "Konawe"), 422, "unknown-region", "/region" },
        { "another region", Submissions.Test("one-step", region: "73.71"), 403, "region-not-allowed", null },
        { "a missing field of the form", Submissions.JobSeeker().Replace("\"name\":\"Wa Ode Sari\",", "",
            StringComparison.Ordinal), 422, "invalid-request", "/input/applicant/name" },
        { "an unknown field of the form", Submissions.JobSeeker().Replace(
            "\"purpose\"", "\"pur/pose.x\"", StringComparison.Ordinal), 422, "invalid-request", "/input/pur~1pose.x" },
        { "a wrong type in the form", Submissions.JobSeeker().Replace(
            "\"Wa Ode Sari\"", "true", StringComparison.Ordinal), 422, "invalid-request", "/input/applicant/name" },
        { "a list for the form", """{"package":"one-step","region":"74.02","channel":"counter","input":[]}""", 422,
            "invalid-request", "/input" },
        { "nothing for the form", """{"package":"one-step","region":"74.02","channel":"counter","input":null}""", 422,
            "invalid-request", "/input" },
        { "a NIK of the 31st of February", Submissions.JobSeeker(nik: "7402013102900001"), 422, "invalid-request",
            "/input/applicant/nik" },
        { "a NIK of month 13", Submissions.JobSeeker(nik: "7402010113900001"), 422, "invalid-request",
            "/input/applicant/nik" },
        { "a NIK without serial", Submissions.JobSeeker(nik: "7402014107900000"), 422, "invalid-request",
            "/input/applicant/nik" },
        { "a NIK of letters", Submissions.JobSeeker(nik: "74020141079OOOO1"), 422, "invalid-request",
            "/input/applicant/nik" },
        { "a date that is none", Submissions.JobSeeker().Replace("1990-07-01", "1990-02-30", StringComparison.Ordinal),
            422, "invalid-request", "/input/applicant/birthDate" },
        { "a value that is not offered", Submissions.JobSeeker().Replace(
            "private-employment", "curiosity", StringComparison.Ordinal), 422, "invalid-request", "/input/purpose" },
        { "a text that is too long", Submissions.Test("one-step", new string('x', 41)), 422,
            "invalid-request", "/input/text" },
        { "a text with U+0000", Submissions.Test("one-step", "a\0b"), 422, "invalid-request", "/input/text" },
        { "half a surrogate pair",
            """{"package":"one-step","region":"74.02","channel":"counter","input":{"text":"\ud800"}}""", 422,
            "invalid-request", "/input/text" },
        { "a field twice",
            """{"package":"one-step","region":"74.02","channel":"counter","channel":"self","input":{"text":"a"}}""", 422,
            "invalid-request", "/channel" },
        { "a field of the form twice",
            """{"package":"one-step","region":"74.02","channel":"counter","input":{"text":"a","text":"b"}}""", 422,
            "invalid-request", "/input/text" },
        { "a body of 1 MB", Submissions.Test("one-step", new string('x', 1024 * 1024)), 413, "body-too-large", null },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public async Task Bad_input_is_refused_with_its_reason_and_leaves_nothing(
        string what, string body, int status, string code, string? pointer)
    {
        var before = await fixture.RowsAsync();
        using var response = await Client.PostAsync(body, key: Guid.NewGuid().ToString());
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, $"{what}: {text}");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonElement.Parse(text);
        problem.GetProperty("type").GetString().ShouldBe($"urn:mpp:problem:{code}");
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        if (pointer is not null)
        {
            problem.GetProperty("errors")
                .EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ShouldContain(pointer, text);
        }

        text.ShouldNotContain("74020", customMessage: "a problem repeats no value");
        (await fixture.RowsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        using var response = await Client.PostAsync(Submissions.JobSeeker(nik: "1").Replace(
            "1990-07-01", "yesterday", StringComparison.Ordinal).Replace("electronic", "x", StringComparison.Ordinal));
        (await response.JsonAsync())
            .GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString())
            .ShouldBe(["/channel", "/input/applicant/nik", "/input/applicant/birthDate"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("", 401, "unauthenticated")]
    [InlineData("not-a-token", 401, "unauthenticated")]
    [InlineData("expired", 401, "token-expired")]
    [InlineData("unscoped", 403, "insufficient-scope")]
    public async Task Without_the_right_token_nothing_is_stored(string token, int status, string code)
    {
        var before = await fixture.RowsAsync();
        var real = token switch
        {
            "expired" => Tokens.Create(age: TimeSpan.FromHours(1)),
            "unscoped" => Tokens.Create(scope: "applications.read"),
            _ => token,
        };
        fixture.Client.DefaultRequestHeaders.Authorization = null;
        try
        {
            using var response = await Client.PostAsync(Submissions.Test("one-step"), token: real);
            ((int)response.StatusCode).ShouldBe(status);
            (await response.JsonAsync()).GetProperty("type").GetString().ShouldBe($"urn:mpp:problem:{code}");
        }
        finally
        {
            fixture.Client.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Create());
        }

        (await fixture.RowsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_repeated_submission_gives_the_same_application()
    {
        var first = await Client.SubmitAsync(Submissions.Test("one-step"), key: "repeat-1");
        using var second = await Client.PostAsync(Submissions.Test("one-step"), key: "repeat-1");
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.JsonAsync()).GetProperty("number").GetString().ShouldBe(first);
        second.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        second.Headers.ETag.ShouldNotBeNull();
        second.Headers.Location!.ToString().ShouldBe($"/v1/applications/{first}");

        using var other = await Client.PostAsync(Submissions.Test("one-step", "another text"), key: "repeat-1");
        ((int)other.StatusCode).ShouldBe(422);
        (await other.JsonAsync()).GetProperty("type").GetString().ShouldBe("urn:mpp:problem:idempotency-key-reused");

        var ofAnotherClient = await Client.SubmitAsync(
            Submissions.Test("one-step", "another text"), key: "repeat-1", token: Tokens.Create(client: "hospital"));
        ofAnotherClient.ShouldNotBe(first);
    }

    [Fact]
    public async Task The_same_submission_many_times_at_once_is_one_application()
    {
        var before = await fixture.RowsAsync();
        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Client.SubmitAsync(Submissions.Test("one-step"), key: "at-once")));
        numbers.Distinct().Count().ShouldBe(1);
        (await fixture.RowsAsync()).Item1.ShouldBe(before.Item1 + 1);
        await fixture.Agencies.CompleteAsync(numbers[0], "only");
        await Client.UntilAsync(numbers[0], "completed");
        fixture.Agencies.Asked.Count(a => a.ApplicationNumber.Value == numbers[0]).ShouldBe(1);
    }

    [Fact]
    public async Task An_idempotency_key_that_cannot_be_one_is_refused()
    {
        using var response = await Client.PostAsync(Submissions.Test("one-step"), key: new string('k', 201));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("parameters")[0].GetProperty("name").GetString()
            .ShouldBe("Idempotency-Key");
    }
}
