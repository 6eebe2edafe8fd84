using System.Diagnostics;
using System.Runtime.Versioning;
using Mpp.Local;
using Mpp.Sandbox;
using Mpp.Support;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Documents;

/// <summary>What the documents tell a newcomer to paste, pasted.</summary>
[Collection(MallCollection.Name)]
[SupportedOSPlatform("linux")]
public sealed class WalkTests(MallFixture mall) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("mpp-walk").FullName;

    private string Refusals => Path.Combine(_folder, "refusals");

    [Fact]
    public async Task The_walk_works_as_pasted_from_top_to_bottom()
    {
        await DebianPackages.EnsureAsync(["curl"], progress: null, CancellationToken.None);
        await HearRefusalsAsync();
        await WarmUpAsync();
        var blocks = Walk.Read();

        string said;
        try
        {
            said = await PasteAsync(Walk.Script(blocks, mall.Gateway.Address, mall.Mall.Servers.DataPath));
        }
        finally
        {
            // The walk stops it, and may not have come to where it lets it go on.
            mall.Mall.Resume("bpjs");
        }

        File.Exists(Refusals)
            .ShouldBeFalse(File.Exists(Refusals) ? $"{await File.ReadAllTextAsync(Refusals)}\n{said}" : "");
        Walk.Broken(blocks, said).ShouldBeEmpty();
        mall.Gateway.Faults.ShouldBeEmpty();
        mall.Gateway.Passed.ShouldBeGreaterThan(15, "the walk goes by the contract");
        // A pattern that no longer finds them would find nothing broken.
        blocks.SelectMany(b => b.Promises).ToList().ShouldContain("completed");
        blocks.SelectMany(b => b.Promises).Count().ShouldBeGreaterThan(15);
        said.ShouldContain("=== block");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The first question after a start may take an agency longer than it is waited for, and says less then.
    private async Task WarmUpAsync()
    {
        // Nobody may be asked about too often.
        var seekers = Population.JobSeekers(mall.People).GetEnumerator();
        await Wait.UntilAsync(
            async () => MallFixture.Step(await mall.PostAsync("/v1/packages/job-seeker/precheck", new
            {
                region = "74.02",
                input = seekers.MoveNext()
                    ? SandboxApplications.JobSeeker(seekers.Current)["input"]!
                    : throw new InvalidOperationException("There are no more job seekers."),
            }), "skck").GetProperty("answered").GetBoolean(),
            TimeSpan.FromSeconds(60), "the police do not answer.");
    }

    /// <summary>
    /// A reader sees a problem in the answer and goes on; a script in a pipe does not notice it. This curl is found
    /// first, does the same and keeps a note when it fails or is refused.
    /// </summary>
    private async Task HearRefusalsAsync()
    {
        var curl = Path.Combine(_folder, "curl");
        await File.WriteAllTextAsync(curl, $$"""
            #!/bin/sh
            PATH=${PATH#*:}
            curl --fail-with-body --show-error "$@" 2>'{{_folder}}'/$$ && exit
            code=$?
            { cat '{{_folder}}'/$$; echo "$*" | sed 's/Bearer [^ ]*/Bearer …/g'; } >>'{{Refusals}}'
            exit $code

            """);
        File.SetUnixFileMode(curl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<string> PasteAsync(string script)
    {
        var file = Path.Combine(_folder, "walk.sh");
        await File.WriteAllTextAsync(file, script);
        var start = new ProcessStartInfo("/bin/sh", [file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root
        };
        start.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using var shell = Process.Start(start)!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        try
        {
            await Wait.UntilAsync(() => shell.HasExited, Limit, "the walk does not come to its end.");
        }
        finally
        {
            if (!shell.HasExited)
            {
                shell.Kill(entireProcessTree: true);
            }
        }

        shell.ExitCode.ShouldBe(0, $"{await error}\n{await output}");
        (await error).ShouldBeEmpty(await output);
        return await output;
    }
}
