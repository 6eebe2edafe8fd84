using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Mpp.Local;
using Shouldly;

namespace Mpp.EndToEnd.Pages;

/// <summary>A page in somebody's browser, and what went wrong there.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string[] Bad = ["critical", "serious"];

    private readonly IBrowserContext _context;
    private readonly View _view;
    private readonly ConcurrentQueue<string> _faults = new();

    public Visit(IBrowserContext context, IPage page, View view)
    {
        _context = context;
        _view = view;
        Page = page;
        page.SetDefaultTimeout(20_000);
        // What the content policy refuses is told here too.
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                _faults.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _faults.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>
    /// Holds the page to what everybody needs who reads it (axe-core, without serious faults), to its width, and to
    /// scripts and styles that the policy allows. Leaves a picture in <c>artifacts/pages</c>.
    /// </summary>
    /// <param name="name">The page's name, for the picture.</param>
    public async Task CheckAsync(string name)
    {
        await Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Repository.Root, "artifacts", "pages", $"{name}-{_view}.png"),
            FullPage = true,
        });
        var found = await Page.RunAxe();
        found.Violations.Where(fault => Bad.Contains(fault.Impact, StringComparer.Ordinal)).Select(Describe)
            .ShouldBeEmpty($"{name} at {_view}");
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(
            _view.Width, $"{name} at {_view} is wider than the window");
        _faults.ShouldBeEmpty($"{name} at {_view}");
    }

    /// <summary>Gives a name and its password to the page to sign in, which must be there.</summary>
    public async Task SignInAsync(Mall mall, string person)
    {
        await Page.Locator("#name").FillAsync(person);
        await Page.Locator("#password").FillAsync(mall.People.Single(one => one.Name == person).Password);
        await Page.Locator("#password").PressAsync("Enter");
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private static string Describe(AxeResultItem fault) =>
        $"{fault.Id}: {fault.Help} ({string.Join("; ", fault.Nodes.Take(5).Select(node => node.Html))})";
}
