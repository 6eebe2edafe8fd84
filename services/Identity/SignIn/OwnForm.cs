using Microsoft.AspNetCore.Antiforgery;

namespace Mpp.Identity.SignIn;

/// <summary>Forms that only a page of ours can have sent: they carry the token that the page put into them.</summary>
internal static class OwnForm
{
    /// <summary>The form, if a page of ours sent it; <see langword="null"/> otherwise.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context) => context.Request.HasFormContentType
        && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : null;
}
