using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;

namespace Mpp.Integration.Gateway;

internal static partial class ProblemAssertions
{
    /// <summary>Asserts all that every problem of the gateway has, and gives its body for the rest.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(
        this Task<HttpResponseMessage> answering, HttpStatusCode status, string code)
    {
        using var answer = await answering;
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("type").GetString().ShouldBe($"urn:mpp:problem:{code}");
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        var traceId = problem.GetProperty("traceId").GetString()!;
        TraceId().IsMatch(traceId).ShouldBeTrue();
        answer.Headers.GetValues("Trace-Id").ShouldBe([traceId]);
        return problem;
    }

    [GeneratedRegex("^[0-9a-f]{32}$", RegexOptions.None, 1000)]
    private static partial Regex TraceId();
}
