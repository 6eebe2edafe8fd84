using Microsoft.Playwright;
using Mpp.Local;
using Xunit;

namespace Mpp.EndToEnd.Pages;

/// <summary>
/// A browser that a test looks at pages with: Debian's Chromium, which comes with Debian's packages where it is
/// missing.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        await DebianPackages.EnsureAsync(["chromium"], progress: null, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            // Root, as in a container, has no sandbox; and /dev/shm is small there.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
    }

    public async Task DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
    }

    /// <summary>Somebody's browser, without cookies. Dispose it after use.</summary>
    /// <param name="gateway">The address that relative ones go on from.</param>
    /// <param name="view">How it looks at pages.</param>
    internal async Task<Visit> VisitAsync(Uri gateway, View view)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = gateway.AbsoluteUri,
            Locale = view.Language,
            ColorScheme = view.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = view.Width, Height = 900 },
        });
        return new Visit(context, await context.NewPageAsync(), view);
    }
}

/// <summary>How a browser looks at pages.</summary>
/// <param name="Width">In CSS pixels: 1280 for a screen, 390 for a phone.</param>
/// <param name="IsDark">Whether the person prefers dark pages.</param>
/// <param name="Language"><c>id</c> or <c>en</c>.</param>
public sealed record View(int Width, bool IsDark, string Language = "en")
{
    /// <summary>A screen and a phone, each in light and dark.</summary>
    public static TheoryData<View> All => [new(1280, false), new(1280, true), new(390, false), new(390, true, "id")];

    /// <summary>A screen.</summary>
    public static View Screen { get; } = new(1280, IsDark: false);

    public override string ToString() => $"{Width}-{(IsDark ? "dark" : "light")}-{Language}";
}
