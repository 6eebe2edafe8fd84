using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Clients;

/// <summary>The published document, held to the rules of others.</summary>
public sealed class RulesetTests : IClassFixture<NodeTools>
{
    [Fact]
    public async Task Spectral_finds_no_error_by_its_own_rules_and_those_of_OWASP()
    {
        var (exitCode, output) = await NodeTools.RunAsync("spectral");

        exitCode.ShouldBe(0, output);
    }

    [Fact]
    public async Task Redocly_finds_nothing()
    {
        var (exitCode, output) = await NodeTools.RunAsync("redocly");

        exitCode.ShouldBe(0, output);
        // Warnings are no fault for its exit code.
        output.ShouldContain("\"problems\": []");
    }
}
