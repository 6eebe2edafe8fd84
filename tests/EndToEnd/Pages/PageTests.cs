using Microsoft.Playwright;
using Mpp.Local;
using Mpp.Sandbox;
using Xunit;

namespace Mpp.EndToEnd.Pages;

/// <summary>Every page that people see, on a screen and on a phone, in light and dark.</summary>
[Collection(MallCollection.Name)]
public sealed class PageTests(MallFixture mall, Chromium chromium) : IClassFixture<Chromium>
{
    // Each test takes another one; those before are other tests'.
    private static int _jobSeeker = 19;

    [Theory]
    [MemberData(nameof(View.All), MemberType = typeof(View))]
    public async Task The_status_page_can_be_read_by_everybody(View view)
    {
        await using var visit = await chromium.VisitAsync(mall.Mall.GatewayAddress, view);

        await visit.Page.GotoAsync("/status");

        await visit.CheckAsync("status");
    }

    [Fact]
    public async Task The_status_page_asks_again_by_itself()
    {
        await using var visit = await chromium.VisitAsync(mall.Mall.GatewayAddress, View.Screen);
        await visit.Page.GotoAsync("/status");
        var first = await visit.Page.Locator("time").TextContentAsync();

        await visit.Page.WaitForFunctionAsync("first => document.querySelector('time').textContent !== first", first);
    }

    [Theory]
    [MemberData(nameof(View.All), MemberType = typeof(View))]
    public async Task The_page_to_sign_in_and_the_console_can_be_read_by_everybody(View view)
    {
        var number = await FileAsync();
        await using var visit = await chromium.VisitAsync(mall.Mall.GatewayAddress, view);

        await visit.Page.GotoAsync("/console");
        await visit.CheckAsync("sign-in");
        await visit.SignInAsync(mall.Mall, "operator.7402");
        await visit.Page.WaitForURLAsync("**/console/now");
        await visit.CheckAsync("now");
        await visit.Page.Locator("#find").FillAsync(number);
        await visit.Page.Locator("#find").PressAsync("Enter");
        await visit.Page.WaitForURLAsync($"**/console/applications/{number}");
        await visit.Page.Locator("#timeline tbody tr").First.WaitForAsync();
        await visit.CheckAsync("application");
    }

    [Fact]
    public async Task Whoever_has_signed_out_reads_nothing_more()
    {
        await using var visit = await chromium.VisitAsync(mall.Mall.GatewayAddress, View.Screen);
        await visit.Page.GotoAsync("/console");
        await visit.SignInAsync(mall.Mall, "auditor.7402");
        await visit.Page.WaitForURLAsync("**/console/now");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.GetByText("You have signed out").WaitForAsync();
        await visit.Page.GotoAsync("/console/now");

        await visit.Page.GetByLabel("Password").WaitForAsync();
    }

    private Task<string> FileAsync() => mall.FileAsync(SandboxApplications.JobSeeker(
        Population.JobSeekers(mall.People).Skip(Interlocked.Increment(ref _jobSeeker)).First()));
}
