using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Mpp.Sandbox;

namespace Mpp.Local.Demonstration;

/// <summary>
/// Files one application for each package, as an integrator would, follows it to its end, and pays what it is asked to
/// pay.
/// </summary>
internal sealed class Demonstrator(HttpClient gateway, SandboxBank bank, int people, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<Person> _people = Population.Generate(people);

    /// <summary>The packages, with the application to file for each.</summary>
    /// <param name="now">The time in the sandbox.</param>
    public IEnumerable<(string Package, JsonObject Application)> Applications(DateTimeOffset now)
    {
        // In UTC it may still be yesterday: Konawe's clock is eight hours ahead.
        var today = DateOnly.FromDateTime(now.UtcDateTime.AddHours(8));
        yield return ("birth", SandboxApplications.Birth(OneOf(Population.Couples(_people)), today));
        yield return ("job-seeker", SandboxApplications.JobSeeker(OneOf(Population.JobSeekers(_people))));
        yield return ("start-business", SandboxApplications.StartBusiness(OneOf(Population.Owners(_people))));
        yield return ("lost-wallet", SandboxApplications.LostWallet(OneOf(Population.JobSeekers(_people)), today));
        yield return (
            "health-worker-licence", SandboxApplications.HealthWorkerLicence(OneOf(HealthWorkers.Ready(_people))));
    }

    public async Task<Outcome> FollowAsync(JsonObject application, CancellationToken cancellationToken)
    {
        using var body = new StringContent(application.ToJsonString(), Encoding.UTF8, "application/json");
        using var accepted = await gateway.PostAsync(
            new Uri("/v1/applications", UriKind.Relative), body, cancellationToken);
        if (!accepted.IsSuccessStatusCode)
        {
            throw new LocalException($"The gateway answered {(int)accepted.StatusCode} to an application for "
                + $"{application["package"]}: {await accepted.Content.ReadAsStringAsync(cancellationToken)}");
        }
        var traceId = accepted.Headers.TryGetValues("Trace-Id", out var values) ? values.First() : "";
        var view = (await accepted.Content.ReadFromJsonAsync<ApplicationView>(cancellationToken))!;
        var start = time.GetTimestamp();
        var paid = new HashSet<string>(StringComparer.Ordinal);
        while (!view.Ended && time.GetElapsedTime(start) < Limit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            view = await GetAsync<ApplicationView>($"/v1/applications/{view.Number}", cancellationToken);
            var due = view.Steps.Where(step => step.Status == "awaiting-payment")
                .Select(step => step.Fee?.BillingCode).OfType<string>().Distinct(StringComparer.Ordinal);
            foreach (var code in due.Where(paid.Add))
            {
                await bank.PayAsync(code, cancellationToken);
            }
        }
        return new Outcome(
            view, await GetAsync<TimelineView>($"/v1/applications/{view.Number}/timeline", cancellationToken), traceId);
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var answer = await gateway.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken))!;
    }

    // Somebody else each time: the data outlives a run, and a second birth certificate on one day would look odd.
    private static T OneOf<T>(IEnumerable<T> candidates)
    {
        var all = candidates.ToList();
        return all[RandomNumberGenerator.GetInt32(all.Count)];
    }
}
