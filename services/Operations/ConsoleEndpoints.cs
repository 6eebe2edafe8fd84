using Mpp.Operations.Access;
using Mpp.Operations.Frame;
using Mpp.Operations.Live;
using Mpp.Operations.Now;
using Mpp.Operations.OneApplication;

namespace Mpp.Operations;

/// <summary>The console's addresses. None of them is in the published document: they are for people.</summary>
internal static class ConsoleEndpoints
{
    private static readonly LocalizedText NothingHere = new("Halaman tidak ditemukan", "There is no such page");
    private static readonly LocalizedText GoOn = new(
        "Periksa alamatnya, atau mulai dari halaman Sekarang.", "Check the address, or begin at the page Now.");

    public static void MapConsole(this WebApplication app)
    {
        var console = app.MapGroup("").ExcludeFromDescription();
        console.MapSignIn();
        console.MapGet(ConsolePaths.Base, () => TypedResults.Redirect(ConsolePaths.Now)).AllowAnonymous();
        console.MapGet(ConsolePaths.Now, NowEndpoint.Handle).ForPeople();
        console.MapApplication();
        console.MapGet(ConsolePaths.Events, ChangeStream.Handle).ForPeople();
        // Also the address at which the issuer brings people back: sign-in answers there before this does.
        console.MapGet($"{ConsolePaths.Base}/{{**rest}}",
            (string rest) => Pages.Fault(NothingHere, GoOn, StatusCodes.Status404NotFound)).AllowAnonymous();
    }
}
