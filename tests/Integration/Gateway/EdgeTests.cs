using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class EdgeTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    [Fact]
    public async Task Headers_that_mean_something_inside_do_not_come_in()
    {
        using var answer = await _gateway.SendAsync(HttpMethod.Get, "/v1/packages", token: null, content: null,
            ("X-Mpp-Region", "*"), ("x-mpp-client", "root"),
            ("MT-Activity-Id", "x"), ("X-HTTP-Method-Override", "DELETE"), ("X-Original-URL", "/internal/packages"),
            ("Cookie", "a=b"), ("baggage", "userId=1"), ("tracestate", "evil=1"), ("Forwarded", "for=10.0.0.1"),
            ("X-Forwarded-For", "10.0.0.1"), ("X-Forwarded-Host", "evil.test"),
            ("Idempotency-Key", "k1"), ("Accept-Language", "en"));

        var headers = _gateway.Catalogue.TheOnlyRequest().Headers;
        foreach (var name in (string[])["X-Mpp-Region", "x-mpp-client", "MT-Activity-Id", "X-HTTP-Method-Override",
            "X-Original-URL", "Cookie", "baggage", "tracestate", "Forwarded"])
        {
            headers.ContainsKey(name).ShouldBeFalse(name);
        }

        headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
        headers["X-Forwarded-Host"].ShouldNotContain("evil");
        headers["Idempotency-Key"].ShouldBe("k1");
        headers["Accept-Language"].ShouldBe("en");
    }

    [Fact]
    public async Task Cookies_go_on_to_pages_and_nothing_else_does()
    {
        _gateway.Identity.Answer = context =>
        {
            context.Response.Cookies.Append("mpp-session", "new");
            return Task.CompletedTask;
        };

        using var answer = await _gateway.SendAsync(HttpMethod.Get, "/identity/sign-in", token: null, content: null,
            ("Cookie", "mpp-session=old"), ("X-Mpp-Region", "*"), ("Forwarded", "for=10.0.0.1"));

        var headers = _gateway.Identity.TheOnlyRequest().Headers;
        headers["Cookie"].ShouldBe("mpp-session=old");
        headers.ContainsKey("X-Mpp-Region").ShouldBeFalse();
        headers.ContainsKey("Forwarded").ShouldBeFalse();
        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith("mpp-session=new");
    }

    [Fact]
    public async Task Headers_that_mean_something_inside_do_not_go_out()
    {
        _gateway.Catalogue.Answer = context =>
        {
            context.Response.Headers["X-Mpp-Node"] = "police-7";
            context.Response.Headers["MT-Host"] = "x";
            context.Response.Headers["X-Powered-By"] = "x";
            context.Response.Headers["Trace-Id"] = "of the service";
            context.Response.Headers.ETag = "\"1\"";
            return Task.CompletedTask;
        };

        using var answer = await _gateway.SendAsync(HttpMethod.Get, "/v1/packages");

        answer.Headers.Select(header => header.Key).ShouldBe(
            ["Date", "ETag", "Trace-Id", "RateLimit", "RateLimit-Policy"], ignoreOrder: true);
        answer.Headers.GetValues("Trace-Id").Single().Length.ShouldBe(32);
    }

    [Fact]
    public async Task The_trace_of_the_caller_goes_on()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var answer = await _gateway.SendAsync(HttpMethod.Get, "/v1/packages", token: null, content: null,
            ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));

        answer.Headers.GetValues("Trace-Id").ShouldBe([trace]);
        _gateway.Catalogue.TheOnlyRequest().Headers["traceparent"].ShouldContain(trace);
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_refused_before_the_service_hears_of_it()
    {
        using var body = new ByteArrayContent(new byte[1024 * 1024]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        await _gateway.SendAsync(HttpMethod.Post, "/v1/applications", _gateway.Token(), body)
            .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        _gateway.Applications.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_does_not_say_how_long_it_is_is_cut_off()
    {
        var taken = false;
        _gateway.Applications.Answer = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            taken = true;
        };
        using var body = new StreamContent(new MemoryStream(new byte[200 * 1024]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/applications") { Content = body };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = new("Bearer", _gateway.Token());

        try
        {
            await _gateway.Client.SendAsync(request)
                .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        }
        catch (HttpRequestException)
        {
            // The connection ends in the middle of the body: whether the caller still reads the answer is a race that
            // it may lose.
        }

        taken.ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_service_says_passes_unchanged()
    {
        _gateway.Applications.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            context.Response.ContentType = "application/problem+json";
            return context.Response.WriteAsync("""{"type":"urn:mpp:problem:unknown-package"}""");
        };

        using var answer = await _gateway.SendAsync(HttpMethod.Post, "/v1/applications", _gateway.Token());

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"type":"urn:mpp:problem:unknown-package"}""");
    }
}
