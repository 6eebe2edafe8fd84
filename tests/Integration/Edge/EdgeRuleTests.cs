using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Integration.Gateway;
using Shouldly;
using Yarp.ReverseProxy.Model;

namespace Mpp.Integration.Edge;

/// <summary>What holds for every operation of the published document, whichever they are.</summary>
[Collection(EdgeTestCollection.Name)]
public sealed class EdgeRuleTests(EdgeFixture fixture)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    private IEnumerable<PublishedOperation> Reading => fixture.Operations.Where(o => o.Method == "GET");

    private IEnumerable<PublishedOperation> WithBody => fixture.Operations.Where(o => o.HasBody);

    /// <summary>What takes a body at the gateway itself, which the document may or may not tell of.</summary>
    private IEnumerable<string> OwnAddressesWithBody => fixture.Gateway.Services
        .GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<RouteModel>() is null
            && e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") is true)
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'));

    private IEnumerable<string> AddressesWithBody =>
        WithBody.Select(o => o.Address()).Concat(OwnAddressesWithBody).Distinct(StringComparer.Ordinal);

    [Fact]
    public async Task No_byte_of_a_header_is_a_fault_or_counts_against_a_service()
    {
        foreach (var operation in fixture.Operations)
        {
            var headers = operation.Parameters("header").Concat(["User-Agent", "If-Match", "If-None-Match", "X-Any"])
                .Distinct(StringComparer.OrdinalIgnoreCase);
            foreach (var header in headers)
            {
                var answer = await RawConnection.SendAsync(fixture.Gateway.Client.BaseAddress!,
                    $"{operation.Method} {operation.Address()} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + $"Authorization: Bearer {fixture.Token}\r\nContent-Type: application/json\r\n"
                    + (operation.HasBody ? "Content-Length: 2\r\n" : "")
                    + $"{header}: Konaw\u00e9 \u00c3\u00a9 \u0001 \u009f \u00ff\r\n\r\n"
                    + (operation.HasBody ? "{}" : ""));

                answer.Status.ShouldBeLessThan(500, $"{operation}, {header}: {answer.Body}");
                answer.Header("Trace-Id").ShouldHaveSingleItem();
            }
        }

        var health = await fixture.SendAsync("GET", "/health");
        health.Text.ShouldNotContain("unhealthy");
    }

    [Theory]
    [InlineData("If-Match", "\"x\"")]
    [InlineData("If-Match", "nonsense")]
    [InlineData("If-None-Match", "nonsense")]
    [InlineData("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("If-Modified-Since", "Thu, 31 Dec 2099 00:00:00 GMT")]
    [InlineData("Range", "bytes=0-1")]
    public async Task A_condition_that_no_reading_knows_changes_nothing(string header, string value)
    {
        foreach (var operation in fixture.Operations.Where(o => o.Method is "GET"))
        {
            var address = operation.Address(fixture.Known);
            var without = await fixture.SendAsync("GET", address);

            var answer = await fixture.SendAsync("GET", address, headers: (header, value));

            (answer.Status, answer.Text.Length).ShouldBe((without.Status, without.Text.Length), $"{operation}");
        }
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("application/json; charset=UTF-8", true)]
    [InlineData("application/json;charset=\"utf-8\"", true)]
    [InlineData("application/json; charset=utf8", true)]
    [InlineData("application/json; a=b; charset=utf-8", true)]
    [InlineData("application/json; charset=", false)]
    [InlineData("application/json; charset=\"\"", false)]
    [InlineData("application/json; charset=utf-7", false)]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("application/json; charset=utf-32", false)]
    [InlineData("application/json; charset=iso-8859-1", false)]
    [InlineData("application/json; charset=nonsense", false)]
    [InlineData("application/json; charset=utf-8; charset=utf-16", false)]
    [InlineData("application/json; charset=utf-8, text/plain", false)]
    [InlineData("nonsense", false)]
    public async Task A_body_is_read_in_UTF_8_and_in_nothing_else(string contentType, bool good)
    {
        AddressesWithBody.Count().ShouldBeGreaterThan(8);
        foreach (var address in AddressesWithBody)
        {
            // The token endpoint reads a form, by the same rule.
            var type = address.EndsWith("/token", StringComparison.Ordinal)
                ? contentType.Replace("application/json", "application/x-www-form-urlencoded", StringComparison.Ordinal)
                : contentType;
            var answer = await fixture.SendAsync("POST", address, "{}"u8.ToArray(), type);
            if (good)
            {
                ((int)answer.Status).ShouldBeLessThan(500, $"{address}: {answer.Text}");
                answer.Status.ShouldNotBe(HttpStatusCode.UnsupportedMediaType, address);
            }
            else
            {
                answer.ShouldBeProblem(address, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
            }
        }
    }

    [Fact]
    public async Task A_compressed_body_is_refused_with_what_is_taken()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("{}"u8.ToArray());
        }

        foreach (var address in AddressesWithBody)
        {
            foreach (var coding in (string[])["gzip", "br", "deflate, gzip", "nonsense"])
            {
                var answer = await fixture.SendAsync(
                    "POST", address, packed.ToArray(), headers: ("Content-Encoding", coding));

                answer.ShouldBeProblem(address, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")
                    .GetProperty("detail").GetString()!.ShouldContain("Content-Encoding");
                answer.Headers["Accept-Encoding"].ShouldBe("identity");
            }

            var plain = await fixture.SendAsync(
                "POST", address, "{}"u8.ToArray(), headers: ("Content-Encoding", "identity"));
            plain.Status.ShouldNotBe(HttpStatusCode.UnsupportedMediaType, address);
        }
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        foreach (var operation in WithBody)
        {
            (await fixture.SendAsync(operation, "{}", "text/plain"))
                .ShouldBeProblem($"{operation}", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        }
    }

    [Fact]
    public async Task A_query_parameter_that_is_not_known_is_named()
    {
        foreach (var operation in fixture.Operations)
        {
            var known = operation.Parameters("query").Select(name => $"&{name}=1");
            foreach (var name in (string[])["nosuch", "Limit2", "limit[]"])
            {
                var answer = await fixture.SendAsync(
                    operation.Method, $"{operation.Address()}?{name}=1{string.Concat(known)}",
                    operation.HasBody ? Sample(operation) : null);

                var fault = answer.ShouldBeProblem($"{operation}", HttpStatusCode.BadRequest, "bad-request")
                    .GetProperty("parameters").EnumerateArray().ShouldHaveSingleItem();
                (fault.GetProperty("name").GetString(), fault.GetProperty("code").GetString())
                    .ShouldBe((name, "unknown-parameter"));
            }
        }
    }

    [Fact]
    public async Task A_parameter_that_is_no_number_is_named()
    {
        var seen = 0;
        foreach (var operation in fixture.Operations)
        {
            foreach (var name in operation.Parameters("query", "integer"))
            {
                seen++;
                foreach (var value in (string[])["abc", "", "1.5", "9223372036854775808", "-1", "1&" + name + "=2"])
                {
                    var answer = await fixture.SendAsync(operation.Method, $"{operation.Address()}?{name}={value}");

                    var fault = answer.ShouldBeProblem($"{operation}?{name}={value}", HttpStatusCode.BadRequest,
                        "bad-request").GetProperty("parameters").EnumerateArray().ShouldHaveSingleItem();
                    fault.GetProperty("name").GetString().ShouldBe(name);
                }
            }
        }

        seen.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task HEAD_is_answered_as_GET_without_the_body()
    {
        foreach (var operation in Reading)
        {
            var get = await fixture.SendAsync(operation);
            var head = await fixture.SendAsync("HEAD", operation.Address());

            head.Status.ShouldBe(get.Status, $"{operation}");
            head.MediaType.ShouldBe(get.MediaType, $"{operation}");
            head.Text.ShouldBeEmpty();
            get.Text.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task HEAD_of_a_stream_ends_at_once()
    {
        var stream = Reading.Single(o => o.Definition["responses"]!["200"]!["content"]!.AsObject()
            .ContainsKey("text/event-stream"));

        var head = await fixture.SendAsync("HEAD", stream.Address(fixture.Known));
        var next = await fixture.SendAsync("HEAD", stream.Address(fixture.Known)).WaitAsync(TimeSpan.FromSeconds(10));

        (head.Status, head.MediaType).ShouldBe((HttpStatusCode.OK, "text/event-stream"));
        next.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_is_not_there_is_not_found_without_a_token()
    {
        foreach (var path in fixture.Operations.Select(o => o.Address()).Distinct(StringComparer.Ordinal))
        {
            foreach (var address in (string[])[$"{path}/nothing/at/all", $"/v2{path[3..]}", $"/internal{path}"])
            {
                foreach (var method in Methods)
                {
                    (await fixture.SendAsync(method, address, token: ""))
                        .ShouldBeProblem($"{method} {address}", HttpStatusCode.NotFound, "not-found");
                }
            }
        }
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_know_is_told_with_those_it_knows()
    {
        foreach (var path in fixture.Operations.GroupBy(o => o.Address(), StringComparer.Ordinal))
        {
            var known = path.Select(o => o.Method).ToList();
            var allowed = known.Concat(known.Contains("GET") ? ["HEAD"] : Array.Empty<string>());
            foreach (var method in Methods.Except(known, StringComparer.Ordinal))
            {
                var answer = await fixture.SendAsync(method, path.Key, token: "");

                answer.ShouldBeProblem(
                    $"{method} {path.Key}", HttpStatusCode.MethodNotAllowed, "method-not-allowed");
                answer.Headers["Allow"].Split(", ").ShouldBe(allowed, ignoreOrder: true);
            }
        }
    }

    [Fact]
    public async Task What_is_there_stays_closed_without_a_token()
    {
        foreach (var operation in fixture.Operations.Where(o => o.Definition["security"]!.AsArray().Count > 0))
        {
            var answer = await fixture.SendAsync(
                operation.Method, operation.Address(), operation.HasBody ? "{}"u8.ToArray() : null, token: "");

            answer.ShouldBeProblem($"{operation}", HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Fact]
    public void Everything_that_changes_something_takes_an_idempotency_key()
    {
        var without = fixture.Operations
            .Where(o => o.Method is not "GET" && !o.Parameters("header").Contains("Idempotency-Key"));

        // It asks, and changes nothing.
        without.Select(o => o.Path).ShouldBe(["/v1/packages/{code}/precheck"]);
    }

    private static byte[] Sample(PublishedOperation operation) =>
        Encoding.UTF8.GetBytes(operation.Body("text", JsonValue.Create(1))!.ToJsonString());
}
