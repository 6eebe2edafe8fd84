using System.Diagnostics;
using Shouldly;

namespace Mpp.Integration.Gateway;

/// <summary>The gateway as a process that cannot start: exit code 1, the reason in a line, no stack trace.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Without_its_configuration_it_names_every_key() => (await StartAsync("Sandbox")).ShouldBe(
    [
        "gateway cannot start: Auth:Authority is missing. Set it to the address of the OpenID Connect issuer.",
        "gateway cannot start: Gateway:Services:applications is missing. Set it to the base address of that service.",
        "gateway cannot start: Gateway:Services:catalogue is missing. Set it to the base address of that service.",
        "gateway cannot start: Gateway:Services:payments is missing. Set it to the base address of that service.",
    ], ignoreOrder: true);

    [Fact]
    public async Task In_production_no_clock_is_moved()
    {
        var lines = await StartAsync("Production", ("Auth__Authority", "https://issuer.test"),
            ("Sandbox__ClockFile", "/tmp/clock"), Applications, Catalogue, Payments);

        lines.ShouldHaveSingleItem().ShouldContain("Sandbox:ClockFile is set, but the environment is Production");
    }

    [Fact]
    public async Task Bad_values_are_named_with_their_key()
    {
        var lines = await StartAsync("Sandbox", ("Auth__Authority", "issuer"),
            ("Gateway__Services__police", "nowhere"), ("Gateway__Routes__tax__Path", "/tax"),
            ("Gateway__Limits__Client__Burst", "0"), Applications, Catalogue, Payments);

        foreach (var key in (string[])["Auth:Authority", "Gateway:Services:police", "Gateway:Routes:tax:Path",
            "Gateway:Routes:tax needs", "Gateway:Limits:Client"])
        {
            lines.ShouldContain(line => line.Contains(key, StringComparison.Ordinal));
        }
    }

    private static (string, string) Applications => ("Gateway__Services__applications", "http://127.0.0.1:1");

    private static (string, string) Catalogue => ("Gateway__Services__catalogue", "http://127.0.0.1:1");

    private static (string, string) Payments => ("Gateway__Services__payments", "http://127.0.0.1:1");

    private static async Task<string[]> StartAsync(string environment, params (string Key, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Mpp.Gateway.Routing.PublicRoute).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (key, value) in variables)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        process.ExitCode.ShouldBe(1);
        (await output).ShouldBeEmpty();
        return error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
