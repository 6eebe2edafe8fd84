using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mpp.Local;
using Mpp.Sandbox;
using Mpp.Support;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Mpp.EndToEnd.Faults;

/// <summary>Whatever dies, and whenever: every application ends as if nothing had happened, once.</summary>
[Collection(MallCollection.Name)]
public sealed class KillTests(MallFixture mall, ITestOutputHelper output)
{
    private const int Count = 200;
    private const int Submitters = 16;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task Police_are_killed_with_applications_in_flight() =>
        HoldsAsync("police killed", () => mall.Mall.KillAsync("police"));

    [Fact]
    public Task Applications_is_killed_with_applications_in_flight() =>
        HoldsAsync("Applications killed", () => mall.Mall.KillAsync("applications"));

    [Fact]
    public Task RabbitMQ_restarts_with_applications_in_flight() => HoldsAsync("RabbitMQ restarted", async () =>
    {
        await mall.Mall.Servers.KillRabbitMqAsync();
        await mall.Mall.Servers.StartRabbitMqAsync();
    });

    [Fact]
    public Task PostgreSQL_restarts_with_applications_in_flight() => HoldsAsync("PostgreSQL restarted", async () =>
    {
        await mall.Mall.Servers.KillPostgresAsync();
        await mall.Mall.Servers.StartPostgresAsync();
    });

    private async Task HoldsAsync(string what, Func<Task> fault)
    {
        var clock = Stopwatch.StartNew();
        var certificatesBefore = await CertificatesAsync();
        var openBefore = await InFlightAsync();
        var people = Population.JobSeekers(mall.People).Skip(20).Take(Count).ToList();
        people.Count.ShouldBe(Count);

        // The police hang until the last application is filed: so all of them are on their way when work goes on, and
        // the fault comes in the middle of it, when the first have ended.
        var numbers = new string[Count];
        mall.Mall.Suspend("police");
        await Parallel.ForAsync(
            0, Count, new ParallelOptions { MaxDegreeOfParallelism = Submitters }, async (index, _) =>
            {
                var (accepted, _) = await mall.SubmitAsync(SandboxApplications.JobSeeker(people[index]), Limit);
                numbers[index] = accepted.GetProperty("number").GetString()!;
            });
        (await InFlightAsync() - openBefore).ShouldBe(Count);
        var filed = clock.Elapsed;
        mall.Mall.Resume("police");
        var ended = new JsonElement[Count];
        var following = Parallel.ForAsync(
            0, Count, new ParallelOptions { MaxDegreeOfParallelism = Submitters }, async (index, _) =>
                ended[index] = await mall.AwaitEndAsync(numbers[index], Limit));
        await Wait.UntilAsync(async () => await InFlightAsync() - openBefore < Count, Limit, "none of them ended");
        var inFlight = await InFlightAsync() - openBefore;
        await fault();
        var mended = clock.Elapsed;

        try
        {
            await following;
        }
        catch (TimeoutException)
        {
            output.WriteLine(await MallState.DescribeAsync(mall.Mall));
            throw;
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"""
            {what}: {Count} filed after {filed.TotalSeconds:0.0} s, {inFlight} of them in flight at the fault;
            mended after {mended.TotalSeconds:0.0} s; all ended after {clock.Elapsed.TotalSeconds:0.0} s.
            """));

        inFlight.ShouldBeGreaterThan(Count / 2, "the fault came too late to hurt");
        numbers.Distinct(StringComparer.Ordinal).Count().ShouldBe(Count);
        var certificates = new HashSet<string>(StringComparer.Ordinal);
        foreach (var application in ended)
        {
            application.GetProperty("status").GetString().ShouldBe("completed", application.ToString());
            var documents = application.GetProperty("steps")
                .EnumerateArray().SelectMany(step => step.GetProperty("documents").EnumerateArray()).ToList();
            documents.Count.ShouldBe(1, application.ToString());
            documents[0].GetProperty("kind").GetString().ShouldBe("skck");
            certificates.Add(documents[0].GetProperty("number").GetString()!)
                .ShouldBeTrue("two applications have the same SKCK");
        }
        (await CertificatesAsync() - certificatesBefore).ShouldBe(
            Count, "the police issued more certificates than there are applications");

        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = Submitters }, async (
            number, _) =>
        {
            var timeline = await mall.TimelineAsync(number);
            timeline.Select(entry => entry.GetProperty("sequence").GetInt64())
                .ShouldBe(Enumerable.Range(1, timeline.Count).Select(sequence => (long)sequence), number);
            timeline.CountBy(entry => entry.GetProperty("kind").GetString()!, StringComparer.Ordinal)
                .Where(kind => kind.Key != "reply-ignored").ShouldBe(
                    [new("application-submitted", 1), new("step-requested", 3), new("fee-requested", 1), new(
                        "fee-billed", 1), new("fee-paid", 1), new("step-completed", 3), new("application-ended", 1)],
                    ignoreOrder: true, number);
        });
    }

    private Task<long> InFlightAsync() =>
        mall.ScalarAsync<long>("mpp_applications", "SELECT count(*) FROM applications WHERE ended_at IS NULL");

    private Task<long> CertificatesAsync() => mall.ScalarAsync<long>("mpp_police", "SELECT count(*) FROM skck");
}
