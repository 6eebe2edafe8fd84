using System.Diagnostics;
using System.Runtime.Versioning;
using Mpp.Local;
using Mpp.Support;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Processes;

/// <summary>A service that somebody runs in a debugger takes its place in a mall that was started without it.</summary>
[SupportedOSPlatform("linux")]
public sealed class LeftOutTests
{
    [SupportedOSPlatform("linux")]
    [Fact]
    public async Task A_service_that_was_left_out_runs_with_the_environment_that_was_written_for_it()
    {
        await TestMachine.TakeAsync();
        string file;
        await using (var mall = await Mall.StartAsync(MallOptions.ForTests() with { Without = ["police"] }))
        {
            file = mall.EnvironmentFileOf("police");
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

            var assembly = MallService.All.Single(s => s.Name == "police").Assembly;
            var start = new ProcessStartInfo(Repository.DotNet, [assembly])
            {
                WorkingDirectory = Path.GetDirectoryName(assembly)!,
                Environment = { ["MPP_ENVIRONMENT_FILE"] = file },
                UseShellExecute = false,
            };
            using var police = Process.Start(start)!;
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
                await mall.AwaitReadyAsync("police", limit.Token);
                police.HasExited.ShouldBeFalse();
            }
            finally
            {
                police.Kill();
                await police.WaitForExitAsync();
            }
        }

        File.Exists(file).ShouldBeFalse("it names servers that are gone");
    }

    [Fact]
    public async Task A_service_that_there_is_not_is_said_with_those_that_there_are()
    {
        await using var local = LocalProcess.Start("--without", "polis");

        (await local.ExitCodeAsync(TimeSpan.FromSeconds(30))).ShouldBe(1, local.Said);

        local.Said.Trim().ShouldStartWith("There is no service polis. The mall has catalogue, applications,");
    }
}
