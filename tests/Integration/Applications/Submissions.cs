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
            input = new
            {
                applicant =
                    new { nik, name = "Wa Ode Sari", birthDate = "1990-07-01", familyCardNumber = "7402011203150003" },
                purpose = "private-employment"
            },
        });

    public static string Test(string package, string text = "text", string region = "74.02") =>
        JsonSerializer.Serialize(new { package, region, channel = "counter", input = new { text } });

    public static async Task<HttpResponseMessage> PostAsync(
        this HttpClient client, string body, string? key = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/applications")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json")
        };
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
    public static async Task<string> SubmitAsync(
        this HttpClient client, string body, string? key = null, string? token = null)
    {
        using var response = await client.PostAsync(body, key, token);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("number").GetString()!;
    }

    /// <summary>Acts on an application, and it is done.</summary>
    public static async Task<JsonElement> ActAsync(
        this HttpClient client, string number, string act, object body, string? token = null)
    {
        using var response = await client.PostToAsync(
            $"/v1/applications/{number}/{act}", JsonSerializer.Serialize(body), token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    /// <summary>Acts on an application, and it is refused.</summary>
    public static async Task<(int Status, string Type, string? Pointer)> ProblemAsync(
        this HttpClient client, string number, string act, object body, string? token = null, string? ifMatch = null)
    {
        using var response = await client.PostToAsync(
            $"/v1/applications/{number}/{act}", JsonSerializer.Serialize(body), token, ifMatch);
        var problem = await response.JsonAsync();
        var pointer =
            problem.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("pointer").GetString() : null;
        return ((int)response.StatusCode, problem.GetProperty("type").GetString()!.Split(':')[^1], pointer);
    }

    public static async Task<HttpResponseMessage> PostToAsync(
        this HttpClient client, string path, string body, string? token = null, string? ifMatch = null,
        string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json")
        };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    /// <summary>Reads as somebody else than the client's own token says.</summary>
    public static async Task<HttpResponseMessage> GetAsAsync(this HttpClient client, string path, string token)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Bearer", token) } };
        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    public static async Task<JsonElement> ApplicationAsync(this HttpClient client, string number) =>
        JsonElement.Parse(await client.GetStringAsync($"/v1/applications/{number}"));

    public static async Task<JsonElement> UntilAsync(this HttpClient client, string number, string status)
    {
        var application = default(JsonElement);
        await Wait.UntilAsync(
            async () =>
                (application = await client.ApplicationAsync(number)).GetProperty("status").GetString() == status,
            Limit, () => $"{number} is not {status}: {application}");
        return application;
    }

    public static async Task<List<JsonElement>> TimelineAsync(this HttpClient client, string number) =>
        [.. JsonElement.Parse(await client.GetStringAsync($"/v1/applications/{number}/timeline?limit=500"))
            .GetProperty("items").EnumerateArray()];

    public static JsonElement Step(this JsonElement application, string id) =>
        application.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("id").GetString() == id);
}
