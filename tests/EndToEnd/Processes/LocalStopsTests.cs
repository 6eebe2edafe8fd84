using Mpp.Local;
using Mpp.Local.Processes;
using Mpp.Support;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Processes;

/// <summary>Whatever ends Local, nothing that it started is left.</summary>
public sealed class LocalStopsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Ctrl_C_stops_everything()
    {
        await TestMachine.TakeAsync();
        await using var local = LocalProcess.Start("--port", "0");
        await local.AwaitSaidAsync("Ctrl-C stops everything.", Limit);
        var below = local.Below();
        below.Count.ShouldBeGreaterThanOrEqualTo(10, local.Said);

        Signals.Send(local.Pid, Signal.Interrupt);

        (await local.ExitCodeAsync(TimeSpan.FromSeconds(60))).ShouldBe(0, local.Said);
        below.Where(LocalProcess.IsThere).ShouldBeEmpty();
        local.Said.ShouldContain("no process is left");
    }

    [Fact]
    public async Task Killing_it_takes_everything_along()
    {
        await TestMachine.TakeAsync();
        await using var local = LocalProcess.Start("servers");
        await local.AwaitSaidAsync("Ctrl-C stops both.", Limit);
        var below = local.Below();
        below.Count.ShouldBeGreaterThanOrEqualTo(3, local.Said);

        Signals.Send(local.Pid, Signal.Kill);

        await Wait.UntilAsync(
            () => !below.Any(LocalProcess.IsThere), TimeSpan.FromSeconds(20), "something outlives Local");
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_one_line_with_the_mend()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        await using var local = LocalProcess.Start("--port", $"{port}");

        (await local.ExitCodeAsync(Limit)).ShouldBe(1);

        local.Said.Trim()
            .ShouldBe($"Port {port} is in use by another program: stop it, or give another one with --port.");
    }

    [Theory]
    [InlineData("--postgres", "nonsense", "--postgres nonsense is not a connection string like")]
    [InlineData("--postgres", "Host=127.0.0.1;Port=1;Username=x",
        "PostgreSQL cannot be used (Failed to connect to 127.0.0.1:1): is it running")]
    [InlineData("--rabbitmq", "amqp://x:y@127.0.0.1:1/x",
        "RabbitMQ at 127.0.0.1:1 cannot be used (Connection refused): is it running")]
    public async Task A_server_that_cannot_be_used_is_said_in_one_line_before_anything_starts(
        string option, string value, string said)
    {
        await using var local = LocalProcess.Start("--port", "0", option, value);

        (await local.ExitCodeAsync(TimeSpan.FromSeconds(30))).ShouldBe(1, local.Said);

        local.Said.Trim().ShouldStartWith(said);
        local.Said.Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_service_that_cannot_start_says_why()
    {
        await TestMachine.TakeAsync();
        var options = MallOptions.ForTests() with
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["Auth__Authority"] = "nowhere" },
        };

        var error = await Should.ThrowAsync<LocalException>(Mall.StartAsync(options));

        error.Message.ShouldContain("exited at start with code 1");
        error.Message.ShouldContain("Auth:Authority must be an absolute");
    }
}
