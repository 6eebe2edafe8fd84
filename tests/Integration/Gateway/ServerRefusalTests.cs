using System.Text.Json;
using Shouldly;

namespace Mpp.Integration.Gateway;

/// <summary>What the server cannot read as a request is answered as a problem all the same.</summary>
public sealed class ServerRefusalTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    public static TheoryData<string, int, string, string> Unreadable() => new()
    {
        { "no request line", 400, "bad-request", "nonsense\r\n\r\n" },
        { "no method", 400, "bad-request", "/v1/packages HTTP/1.1\r\nHost: a\r\n\r\n" },
        { "no version", 400, "bad-request", "GET /v1/packages\r\nHost: a\r\n\r\n" },
        { "another version", 505, "http-version-not-supported", "GET / HTTP/9.9\r\nHost: a\r\n\r\n" },
        { "no host", 400, "bad-request", "GET /v1/packages HTTP/1.1\r\n\r\n" },
        { "two hosts", 400, "bad-request", "GET /v1/packages HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" },
        { "a host that is none", 400, "bad-request", "GET /v1/packages HTTP/1.1\r\nHost: a b\r\n\r\n" },
        { "a path that is none", 400, "bad-request", "GET /v1/%00 HTTP/1.1\r\nHost: a\r\n\r\n" },
        { "bytes in the path", 400, "bad-request", "GET /v1/\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n" },
        { "bytes in the query", 400, "bad-request", "GET /v1/packages?\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n" },
        { "a header without a colon", 400, "bad-request", "GET /v1/packages HTTP/1.1\r\nHost: a\r\nnone\r\n\r\n" },
        { "a zero in a header", 400, "bad-request", "GET /v1/packages HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n" },
        { "a length that is none", 400, "bad-request",
            "POST /v1/applications HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n" },
        { "two lengths", 400, "bad-request",
            "POST /v1/applications HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n" },
        { "a coding of transfer that is none", 400, "bad-request",
            "POST /v1/applications HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n" },
        { "a long address", 414, "address-too-long", $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: a\r\n\r\n" },
        { "a long header", 431, "headers-too-large",
            $"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('a', 40_000)}\r\n\r\n" },
        { "many headers", 431, "headers-too-large", "GET / HTTP/1.1\r\nHost: a\r\n"
            + $"{string.Concat(Enumerable.Range(0, 200).Select(i => $"X{i}: 1\r\n"))}\r\n" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_the_server_refuses_by_itself_is_a_problem_with_a_trace_id(
        string what, int status, string code, string request)
    {
        var answer = await RawConnection.SendAsync(fixture.Gateway.Client.BaseAddress!, request);

        answer.Status.ShouldBe(status, what + answer.Head);
        answer.Header("Content-Type").ShouldBe(["application/problem+json"]);
        answer.Header("Connection").ShouldBe(["close"]);
        var problem = JsonElement.Parse(answer.Body);
        problem.GetProperty("type").GetString().ShouldBe($"urn:mpp:problem:{code}");
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        var trace = problem.GetProperty("traceId").GetString()!;
        trace.ShouldMatch("^[0-9a-f]{32}$");
        trace.ShouldNotBe(new string('0', 32));
        answer.Header("Trace-Id").ShouldBe([trace]);
    }

    [Fact]
    public async Task What_was_answered_before_on_the_same_connection_stays_whole()
    {
        var answer = await RawConnection.SendAsync(fixture.Gateway.Client.BaseAddress!,
            "GET /status HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n");

        answer.Status.ShouldBe(200);
        answer.Body.ShouldContain("MPP Digital");
        answer.Body.ShouldContain("HTTP/1.1 400 Bad Request");
        answer.Body.ShouldEndWith("}");
    }
}
