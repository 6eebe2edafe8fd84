using System.Net;
using System.Text;
using System.Text.Json;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>Requests and answers as JSON, as an integrator has them.</summary>
internal static class Submissions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public const string Nik = "7402014107900001";

    public static string JobSeeker(string nik = Nik, string region = "74.02") =>
        JsonSerializer.Serialize(new
        {
            package = "job-seeker",
            region,
            channel = "electronic",
            input = new { applicant = new { nik, name = "Wa Ode Sari", birthDate = "1990-07-01", familyCardNumber = "7402011203150003" }, purpose = "private-employment" },
        });

    public static string Test(string package, string text = "text", string region = "74.02") =>
        JsonSerializer.Serialize(new { package, region, channel = "counter", input = new { text } });

    public static async Task<HttpResponseMessage> PostAsync(this HttpClient client, string body, string? key = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/applications") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (token is not null)
        {
            request.Headers.Authorization = token.Length == 0 ? null : new("Bearer", token);
        }

        return await client.SendAsync(request);
    }

    /// <summary>Files an application; its number.</summary>
    public static async Task<string> SubmitAsync(this HttpClient client, string body, string? key = null, string? token = null)
    {
        using var response = await client.PostAsync(body, key, token);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("number").GetString()!;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => JsonElement.Parse(await response.Content.ReadAsStringAsync());

    public static async Task<JsonElement> ApplicationAsync(this HttpClient client, string number) =>
        JsonElement.Parse(await client.GetStringAsync($"/v1/applications/{number}"));

    public static async Task<JsonElement> UntilAsync(this HttpClient client, string number, string status)
    {
        var application = default(JsonElement);
        await Wait.UntilAsync(
            async () => (application = await client.ApplicationAsync(number)).GetProperty("status").GetString() == status,
            Limit, () => $"{number} is not {status}: {application}");
        return application;
    }

    public static async Task<List<JsonElement>> TimelineAsync(this HttpClient client, string number) =>
        [.. JsonElement.Parse(await client.GetStringAsync($"/v1/applications/{number}/timeline?limit=500")).GetProperty("items").EnumerateArray()];

    public static JsonElement Step(this JsonElement application, string id) =>
        application.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("id").GetString() == id);
}
