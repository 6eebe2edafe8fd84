using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class UpstreamTests
{
    [Fact]
    public async Task A_service_that_is_away_is_a_problem_to_try_again()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await gateway.Catalogue.DisposeAsync();

        using var answer = await gateway.SendAsync(HttpMethod.Get, "/v1/packages");

        answer.Headers.RetryAfter.ShouldNotBeNull();
        await Task.FromResult(answer).ShouldBeProblemAsync(HttpStatusCode.BadGateway, "upstream-unavailable");
    }

    [Fact]
    public async Task A_service_that_hangs_up_is_a_problem()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Catalogue.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await gateway.SendAsync(HttpMethod.Get, "/v1/packages")
            .ShouldBeProblemAsync(HttpStatusCode.BadGateway, "upstream-unavailable");
    }

    [Fact]
    public async Task A_request_is_sent_once_also_when_it_fails()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Applications.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        using var body = new StringContent("{}");
        await gateway.SendAsync(HttpMethod.Post, "/v1/applications", gateway.Token(), body)
            .ShouldBeProblemAsync(HttpStatusCode.BadGateway, "upstream-unavailable");
        gateway.Applications.TheOnlyRequest();
    }

    [Fact]
    public async Task A_service_that_is_silent_too_long_is_a_problem()
    {
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Gateway:SilenceLimit"] = "00:00:00.5" });
        gateway.Catalogue.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        await gateway.SendAsync(HttpMethod.Get, "/v1/packages")
            .ShouldBeProblemAsync(HttpStatusCode.GatewayTimeout, "upstream-unavailable");
    }

    [Fact]
    public async Task A_service_that_comes_back_answers_at_once()
    {
        await using var gateway = await GatewayHost.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            gateway.Catalogue.Answer = context =>
            {
                context.Abort();
                return Task.CompletedTask;
            };
            (await gateway.SendAsync(HttpMethod.Get, "/v1/packages")).Dispose();
        }

        gateway.Catalogue.Answer = Results.NoContent().ExecuteAsync;

        using var answer = await gateway.SendAsync(HttpMethod.Get, "/v1/packages");
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_copy_that_is_away_is_passed_over_after_one_failure()
    {
        await using var first = await StubService.StartAsync();
        await using var second = await StubService.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:Services:catalogue"] = $"{first.Address}, {second.Address}",
            ["Gateway:HealthInterval"] = "01:00:00",
        });
        await Mpp.Support.Wait.UntilAsync(async () =>
        {
            (await gateway.SendAsync(HttpMethod.Get, "/v1/packages")).Dispose();
            return !first.Received.IsEmpty && !second.Received.IsEmpty;
        }, TimeSpan.FromSeconds(20), "the copies do not share the work");
        await first.DisposeAsync();

        var failed = 0;
        for (var i = 0; i < 30; i++)
        {
            using var answer = await gateway.SendAsync(HttpMethod.Get, "/v1/packages");
            failed += answer.StatusCode == HttpStatusCode.NoContent ? 0 : 1;
        }

        failed.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_stream_outlives_the_time_limits_as_long_as_it_beats()
    {
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Gateway:SilenceLimit"] = "00:00:10" });
        var firstRead = new TaskCompletionSource();
        gateway.Applications.Answer = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (var i = 0; i < 18; i++)
            {
                await (i == 1 ? firstRead.Task.WaitAsync(context.RequestAborted) : Task.CompletedTask);
                await context.Response.WriteAsync(": beat\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(600, context.RequestAborted);
            }
        };

        using var answer = await gateway.SendAsync(
            HttpMethod.Get, "/v1/applications/7402-261122-K7QX4M/events", gateway.Token());
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var start = TimeProvider.System.GetTimestamp();
        (await reader.ReadLineAsync()).ShouldBe(
            ": beat", "a beat is passed on at once, not with the rest: the second is sent when the first was read");
        firstRead.SetResult();

        (await reader.ReadToEndAsync()).Split(": beat").Length.ShouldBe(18);
        TimeProvider.System.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromSeconds(10));
    }
}
