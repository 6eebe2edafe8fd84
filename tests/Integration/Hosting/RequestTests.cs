using System.Net;
using System.Text.Json;
using Shouldly;

namespace Mpp.Integration.Hosting;

/// <summary>What every service answers to requests that it cannot do, as the caller sees it.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private const string Good = """{ "nik": "7402014107900001", "name": "A", "kind": "small-thing" }""";

    private TestIssuer _issuer = null!;
    private ProbeService _service = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _service = await ProbeService.StartAsync(_issuer.Address);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_good_request_is_done()
    {
        using var answer = await _service.PostAsync("/things", Good, _issuer.Token("things.write"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync())
            .ShouldBe("""{"nik":"7402014107900001","name":"A","kind":"small-thing"}""");
    }

    [Theory]
    [InlineData("{ \"nik\": ", 400, "malformed-json", null, null)]
    [InlineData("", 400, "malformed-json", null, null)]
    [InlineData("null", 400, "malformed-json", null, null)]
    [InlineData("[]", 422, "invalid-request", "", "wrong-type")]
    [InlineData("""{ "nik": "7402014107900001", "name": 7, "kind": "small-thing" }""", 422, "invalid-request",
        "/name", "wrong-type")]
    [InlineData("""{ "nik": "7402014107900001", "kind": "small-thing" }""", 422, "invalid-request", "/name", "missing")]
    [InlineData("""{ "nik": "7402014107900001", "name": "A", "kind": "small-thing", "part": {} }""", 422,
        "invalid-request", "/part/code", "missing")]
    [InlineData("""{ "nik": "7402014107900001", "name": "A", "kind": "small-thing", "nickname": "B" }""", 422,
        "invalid-request", "/nickname", "unknown-field")]
    [InlineData("""{ "nik": "7402017107900001", "name": "A", "kind": "tiny-thing" }""", 422, "invalid-request",
        "/kind", "wrong-type")]
    [InlineData("""{ "nik": "7402014113900001", "name": "A", "kind": "small-thing" }""", 422,
        "invalid-request", "/nik", "invalid")]
    [InlineData(
        """{ "nik": "7402014107900001", "name": "A", "kind": "small-thing", "part": { "code": "x", "since": "31-12-2026" } }""",
        422, "invalid-request", "/part/since", "wrong-type")]
    public async Task A_bad_body_is_a_problem_that_names_the_field(
        string body, int status, string code, string? pointer, string? fieldCode)
    {
        var problem = await ProblemAsync(
            _service.PostAsync("/things", body, _issuer.Token("things.write")), status, code);

        if (pointer is null)
        {
            problem.TryGetProperty("errors", out _).ShouldBeFalse();
            return;
        }

        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("pointer").GetString().ShouldBe(pointer);
        error.GetProperty("code").GetString().ShouldBe(fieldCode);
        _service.Errors.ShouldBeEmpty("the caller's faults are not ours to log");
    }

    [Fact]
    public async Task A_large_body_is_not_read() =>
        await ProblemAsync(_service.PostAsync("/things", new string(' ', 1024 * 1024), _issuer.Token("things.write")),
            413, "body-too-large");

    [Fact]
    public async Task Another_media_type_is_a_problem() => await ProblemAsync(_service.PostAsync(
        "/things", Good, _issuer.Token("things.write"), "text/plain"), 415, "unsupported-media-type");

    [Fact]
    public async Task What_is_not_there_is_a_problem()
    {
        await ProblemAsync(_service.GetAsync("/nothing", _issuer.Token("")), 404, "not-found");
        await ProblemAsync(_service.GetAsync("/things", _issuer.Token("")), 405, "method-not-allowed");
        await ProblemAsync(_service.GetAsync("/things/x", _issuer.Token("things.read")), 404, "not-found");
    }

    [Fact]
    public async Task A_bug_is_logged_once_and_told_without_its_inside()
    {
        var problem = await ProblemAsync(_service.GetAsync("/broken"), 500, "internal-error");

        problem.GetRawText().ShouldNotContain("a bug");
        _service.Errors.ShouldHaveSingleItem().ShouldContain("a bug");
    }

    [Fact]
    public async Task The_service_looks_at_the_token_itself()
    {
        await ProblemAsync(_service.PostAsync("/things", Good, token: null), 401, "unauthenticated");
        await ProblemAsync(_service.PostAsync("/things", Good, "garbage"), 401, "unauthenticated");
        await ProblemAsync(_service.PostAsync("/things", Good, _issuer.Token("things.write", TimeSpan.FromMinutes(-5))),
            401, "token-expired");
        await ProblemAsync(
            _service.PostAsync("/things", Good, _issuer.Token("things.read")), 403, "insufficient-scope");
        await ProblemAsync(_service.GetAsync("/closed"), 401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_is_judged_the_same_when_it_comes_again()
    {
        var good = _issuer.Token("things.read");
        var odd = _issuer.Token("things.read", client: "por\u202Etal");
        for (var i = 0; i < 3; i++)
        {
            using var answer = await _service.GetAsync("/things/1", good);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            await ProblemAsync(_service.PostAsync("/things", Good, good), 403, "insufficient-scope");
            await ProblemAsync(_service.GetAsync("/things/1", odd), 401, "unauthenticated");
        }
    }

    [Fact]
    public async Task The_region_of_the_caller_reaches_the_endpoint()
    {
        using var own = await _service.GetAsync("/things/1", _issuer.Token("things.read", region: "74.02"));
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var other = await _service.GetAsync("/things/1", _issuer.Token("things.read", region: "74.03"));
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task While_the_issuer_is_away_the_token_is_not_at_fault()
    {
        _issuer.IsAway = true;
        await using var service = await ProbeService.StartAsync(_issuer.Address);

        await ProblemAsync(
            service.PostAsync("/things", Good, _issuer.Token("things.write")), 503, "upstream-unavailable");

        _issuer.IsAway = false;
        await Mpp.Support.Wait.UntilAsync(async () =>
        {
            using var answer = await service.PostAsync("/things", Good, _issuer.Token("things.write"));
            return answer.StatusCode == HttpStatusCode.OK;
        }, TimeSpan.FromSeconds(20), "the service does not find the issuer again");
    }

    [Fact]
    public async Task The_document_tells_scopes_and_the_form_of_problems()
    {
        using var answer = await _service.GetAsync("/openapi/v1.json");
        var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        var post = document.GetProperty("paths").GetProperty("/things").GetProperty("post");
        post.GetProperty("security")[0]
            .GetProperty("token").EnumerateArray().Single().GetString().ShouldBe("things.write");
        var said = post.GetProperty("responses").GetProperty("default").GetProperty("$ref").GetString()!;
        document.GetProperty("components").GetProperty("responses").GetProperty(said.Split('/')[^1])
            .GetProperty("content")
            .GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString()
            .ShouldBe("#/components/schemas/Problem");
        document.GetProperty("components").GetProperty("schemas")
            .GetProperty("Problem").GetProperty("required").EnumerateArray().Select(name => name.GetString())
            .ShouldBe(["type", "title", "status", "traceId"]);
        document.GetProperty("paths").TryGetProperty("/health/ready", out _).ShouldBeFalse();
    }

    private static async Task<JsonElement> ProblemAsync(Task<HttpResponseMessage> answering, int status, string code)
    {
        using var answer = await answering;
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        (answer.Headers.WwwAuthenticate.Count > 0).ShouldBe(status is 401 or 403);
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("type").GetString().ShouldBe($"urn:mpp:problem:{code}");
        problem.GetProperty("traceId").GetString()!.Length.ShouldBe(32);
        return problem;
    }
}
