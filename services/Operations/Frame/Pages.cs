using Microsoft.AspNetCore.Http.HttpResults;
using Mpp.Web.Layout;

namespace Mpp.Operations.Frame;

/// <summary>What stands around the console's pages.</summary>
internal static class Pages
{
    /// <summary>Around a page for nobody in particular.</summary>
    public static readonly PageFrame Bare = new(ConsolePaths.Base, new("Konsol petugas", "Operators' console"))
    {
        IsNarrow = true,
    };

    private static readonly PageLink[] Links =
    [
        new(ConsolePaths.Now, new("Sekarang", "Now")),
    ];

    /// <summary>Around a page for somebody.</summary>
    /// <param name="person">As the header calls the person.</param>
    public static PageFrame For(string person) => Bare with
    {
        IsNarrow = false,
        Links = Links,
        Person = person,
        SignOut = ConsolePaths.SignOut,
    };

    /// <summary>A page that says what could not be done.</summary>
    public static RazorComponentResult<Fault> Fault(LocalizedText title, LocalizedText text, int status) =>
        new(new { Frame = Bare, Title = title, Text = text }) { StatusCode = status };
}
