using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Mpp.Web.Layout;

namespace Mpp.Web.Forms;

/// <summary>
/// Takes a form only from a page of this service: it carries the token that the page put into it. A component writes
/// it with <c>&lt;AntiforgeryToken /&gt;</c>.
/// </summary>
public static class FormCheck
{
    private static readonly LocalizedText Title = new("Formulir tidak berlaku lagi", "The form is no longer valid");

    private static readonly LocalizedText Text = new(
        "Kembali ke halaman sebelumnya, muat ulang, dan kirim lagi. Tidak ada yang diubah.",
        "Go back to the page before, load it again, and send the form again. Nothing was changed.");

    /// <summary>Refuses a form without the token, with a page that says so.</summary>
    /// <param name="builder">An endpoint that takes a form.</param>
    /// <param name="frame">What stands around that page.</param>
    public static RouteHandlerBuilder FromOwnPages(this RouteHandlerBuilder builder, PageFrame frame) =>
        builder.DisableAntiforgery().AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
            return http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http)
                ? await next(context)
                : new RazorComponentResult<Fault>(new { Frame = frame, Title, Text })
                {
                    StatusCode = StatusCodes.Status400BadRequest,
                };
        });
}
