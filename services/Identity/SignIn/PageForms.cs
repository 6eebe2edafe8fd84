using Microsoft.AspNetCore.Antiforgery;
using Mpp.Identity.Pages;

namespace Mpp.Identity.SignIn;

/// <summary>Forms that only a page of ours can have sent.</summary>
internal sealed class PageForms(IAntiforgery antiforgery)
{
    /// <summary>The hidden field that the form needs; its other half is a cookie.</summary>
    public string Field(HttpContext context)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return $"""<input type="hidden" name="{tokens.FormFieldName}" value="{Page.Encode(tokens.RequestToken!)}">""";
    }

    /// <summary>The form, if a page of ours sent it; <see langword="null"/> otherwise.</summary>
    public async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        try
        {
            return context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context)
                ? await context.Request.ReadFormAsync(context.RequestAborted)
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
