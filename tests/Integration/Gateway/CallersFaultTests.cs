using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;

namespace Mpp.Integration.Gateway;

/// <summary>What a caller does wrong is told to the caller, and takes no service away from anybody.</summary>
public sealed class CallersFaultTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:HealthInterval"] = "01:00:00",
            ["Gateway:SilenceLimit"] = "00:00:01",
        });

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    [Fact]
    public async Task Every_byte_of_a_header_goes_on_as_it_is()
    {
        var all = string.Concat(Enumerable.Range(0x21, 0xdf).Select(c => (char)c).Where(c => c != '\x7f'));
        foreach (var value in (string[])["Konaw\u00e9", "Konaw\u00c3\u00a9", "\u0001", all])
        {
            var answer = await RawConnection.SendAsync(_gateway.Client.BaseAddress!,
                $"GET /v1/packages HTTP/1.1\r\nHost: a\r\nConnection: close\r\nUser-Agent: {value}\r\n\r\n");
            answer.Status.ShouldBe(204);
            _gateway.Catalogue.Received.Last().Headers["User-Agent"].ShouldBe(value);
        }

        await AllIsWellAsync();
    }

    [Fact]
    public async Task A_body_that_stops_coming_reaches_no_service()
    {
        foreach (var part in (string[])["", "{", "{\"package\":"])
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _gateway.Client.BaseAddress!.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/applications HTTP/1.1\r\nHost: a\r\n"
                + $"Authorization: Bearer {_gateway.Token()}\r\nContent-Type: application/json\r\n"
                + $"Content-Length: 50000\r\n\r\n{part}"));
            // Longer than a service may be silent.
            await Task.Delay(TimeSpan.FromSeconds(1.5));
        }

        _gateway.Applications.Received.ShouldBeEmpty();
        await AllIsWellAsync();
    }

    [Fact]
    public async Task A_body_that_stops_coming_is_told_so()
    {
        var answer = await RawConnection.SendAsync(_gateway.Client.BaseAddress!,
            "POST /v1/applications HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + $"Authorization: Bearer {_gateway.Token()}\r\nContent-Length: 50000\r\n\r\n{{");

        answer.Status.ShouldBe(408);
        answer.Body.ShouldContain("urn:mpp:problem:request-timeout");
        answer.Header("Trace-Id").ShouldHaveSingleItem();
    }

    /// <summary>No cluster has been told that something is wrong with it.</summary>
    private async Task AllIsWellAsync()
    {
        using var answer = await _gateway.SendAsync(HttpMethod.Get, "/health");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("unhealthy");
        using var served = await _gateway.SendAsync(HttpMethod.Get, "/v1/packages");
        served.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
