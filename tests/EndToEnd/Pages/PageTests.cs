using Xunit;

namespace Mpp.EndToEnd.Pages;

/// <summary>Every page that people see, on a screen and on a phone, in light and dark.</summary>
[Collection(MallCollection.Name)]
public sealed class PageTests(MallFixture mall, Chromium chromium) : IClassFixture<Chromium>
{
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
}
