using System.Diagnostics;
using Mpp.Identity.Data;
using Shouldly;

namespace Mpp.Integration.Identity;

/// <summary>The service as a process that cannot start: exit code 1, the reason in a line, no stack trace.</summary>
public sealed class StartTests
{
    private const string Secret = "a-secret-for-tests-of-32-letters-or-more";

    private static (string, string) Database => ("ConnectionStrings__Database", "Host=127.0.0.1;Port=1;Database=x");

    private static (string, string) KeySecret => ("Identity__KeySecret", Secret);

    [Fact]
    public async Task In_production_nobody_of_the_sandbox_signs_in() => (await StartAsync(
        "Production", ("Auth__Authority", "https://mall.test/identity"), Database, KeySecret,
        ("Identity__People__operator.7402__Password", "a-password-that-is-printed"),
        ("Identity__People__operator.7402__DisplayName", "Operator"),
        ("Identity__People__operator.7402__Role", "operator"), ("Identity__People__operator.7402__Region", "74.02"),
        ("Identity__People__operator.7402__Sandbox", "true"))).ShouldBe([
            "identity cannot start: Identity:People has operator.7402 of the sandbox, but the environment is "
            + "Production: sandbox people never sign in there. Remove them."]);

    [Fact]
    public async Task In_production_no_program_of_the_sandbox_gets_a_token() => (await StartAsync(
        "Production", ("Auth__Authority", "https://mall.test/identity"), Database, KeySecret,
        ("Identity__Clients__portal__Secret", "a-secret-of-a-client"), ("Identity__Clients__portal__Region", "74.02"),
        ("Identity__Clients__portal__Sandbox", "true"))).ShouldBe([
            "identity cannot start: Identity:Clients has portal of the sandbox, but the environment is Production: "
            + "sandbox clients get no token there. Remove them."]);

    [Fact]
    public async Task Bad_values_are_named_with_their_key()
    {
        var lines = await StartAsync("Production", ("Auth__Authority", "https://mall.test/identity"), Database,
            ("Identity__KeySecret", "hunter2"), ("Identity__Limits__ClientAMinute", "0"),
            ("Identity__PersonTokens", "-00:01:00"),
            ("Identity__Clients__portal__Secret", "hunter3"), ("Identity__Clients__both__Secret", "long-enough-it-is"),
            ("Identity__Clients__both__Keys", "{}"), ("Identity__Clients__site__Secret", "long-enough-it-is"),
            ("Identity__Clients__site__Redirects", "http://site.test/back"),
            ("Identity__People__somebody__Password", "hunter4"), ("Identity__People__somebody__Role", "king"),
            ("Identity__People__other__Role", "officer"));

        foreach (var part in (string[])["Identity:KeySecret", "Identity:Limits", "Identity:PersonTokens",
            "Identity:Clients:portal:Secret", "Identity:Clients:portal:Region", "Identity:Clients:both needs either",
            "Identity:Clients:both:Keys", "Identity:Clients:site:Redirects",
            "Identity:People:somebody:Password must have 12", "Identity:People:somebody:DisplayName",
            "Identity:People:somebody:Role must be one of operator, head-of-mall",
            "Identity:People:somebody:Region", "Identity:People:other:Office"])
        {
            lines.ShouldContain(line => line.Contains(part, StringComparison.Ordinal), part);
        }

        string.Concat(lines).ShouldNotContain("hunter");
    }

    internal static async Task<string[]> StartAsync(string environment, params (string Key, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(IdentityDbContext).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
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

        process.ExitCode.ShouldBe(1, await output);
        return error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
