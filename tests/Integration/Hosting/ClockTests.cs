using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mpp.Hosting.Clock;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Hosting;

public sealed class ClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("mpp-clock").FullName;
    private TestIssuer _issuer = null!;

    private string Setting => $"--Sandbox:ClockFile={Path.Combine(_folder, "clock")}";

    public async Task InitializeAsync() => _issuer = await TestIssuer.StartAsync();

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_services_follow_one_file_and_tokens_stay_good()
    {
        await using var first = await ProbeService.StartAsync(_issuer.Address, Setting);
        await using var second = await ProbeService.StartAsync(_issuer.Address, Setting);
        var token = _issuer.Token("things.read");
        await OpensAsync(first, token);
        Clock(second).GetUtcNow().ShouldBe(TimeProvider.System.GetUtcNow(), Slack);

        Clock(first).ShouldBeOfType<SandboxClock>().Move(TimeSpan.FromDays(5));

        Clock(first).GetUtcNow().ShouldBe(TimeProvider.System.GetUtcNow().AddDays(5), Slack);
        await Wait.UntilAsync(() => Clock(second).GetUtcNow() > TimeProvider.System.GetUtcNow().AddDays(4),
            TimeSpan.FromSeconds(5), "the second service does not follow");
        Clock(second).GetUtcNow().ShouldBe(TimeProvider.System.GetUtcNow().AddDays(5), Slack);
        // The one has seen the token before, the other has not.
        await OpensAsync(first, token);
        await OpensAsync(second, token);
        using var expired = await first.GetAsync("/things/1", _issuer.Token("things.read", TimeSpan.FromMinutes(-5)));
        expired.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Sandbox", false)]
    [InlineData("Development", true)]
    [InlineData("Production", true)]
    public async Task Without_a_file_and_outside_the_sandbox_it_is_the_machines_clock(string environment, bool file)
    {
        await using var service = ProbeService.Build(
            _issuer.Address, configure: null, [$"--environment={environment}", .. file ? new[] { Setting } : []]);

        Clock(service).ShouldBeSameAs(TimeProvider.System);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_service_outside_the_sandbox_refuses_to_start_with_a_file(string environment)
    {
        await using var service = ProbeService.Build(
            _issuer.Address, configure: null, $"--environment={environment}", Setting);

        Should.Throw<OptionsValidationException>(
            () => _ = service.Services.GetRequiredService<IOptions<Mpp.Hosting.SandboxOptions>>().Value)
            .Failures
            .ShouldHaveSingleItem().ShouldStartWith($"Sandbox:ClockFile is set, but the environment is {environment}");
    }

    [Theory]
    [InlineData("clock")]
    [InlineData("/there-is/no-such/folder/clock")]
    public async Task A_path_that_cannot_be_shared_is_refused(string path)
    {
        await using var service = ProbeService.Build(_issuer.Address, configure: null, $"--Sandbox:ClockFile={path}");

        Should.Throw<OptionsValidationException>(
            () => _ = service.Services.GetRequiredService<IOptions<Mpp.Hosting.SandboxOptions>>().Value)
            .Failures.ShouldHaveSingleItem().ShouldContain("absolute path");
    }

    private static TimeProvider Clock(ProbeService service) => service.Services.GetRequiredService<TimeProvider>();

    private static async Task OpensAsync(ProbeService service, string token)
    {
        using var answer = await service.GetAsync("/things/1", token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
