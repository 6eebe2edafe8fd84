using System.Net;
using System.Text.Json;
using Shouldly;

namespace Mpp.Integration.Payments;

internal static class FeeReplies
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    /// <summary>Asserts that the service refuses, and as what.</summary>
    public static async Task ShouldBeProblemAsync(
        this Task<HttpResponseMessage> asked, HttpStatusCode status, string code)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        JsonElement.Parse(text).GetProperty("type").GetString().ShouldBe($"urn:mpp:problem:{code}");
    }
}
