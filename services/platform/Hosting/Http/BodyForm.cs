using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Http;

/// <summary>
/// The form in which every body is read, JSON or not: in UTF-8, and as it is. Nothing is decompressed: the largest form
/// has some 2 KiB, and a small body that unpacks to a large one would be read before its limit counts. Later readers of
/// the body see no <c>charset</c>.
/// </summary>
internal sealed class BodyForm(RequestDelegate next)
{
    private const string Identity = "identity";

    private static readonly string[] Utf8Names = ["utf-8", "utf8"];

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is false)
        {
            return next(context);
        }

        if (Fault(context) is not { } fault)
        {
            return next(context);
        }

        return Problem.Of(ProblemCodes.UnsupportedMediaType, fault).ExecuteAsync(context);
    }

    private static string? Fault(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.ContentEncoding.Any(c => !Identity.Equals(c?.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            // RFC 9110, 15.5.16: this tells the caller that the coding is at fault, and which one is taken.
            context.Response.Headers.AcceptEncoding = Identity;
            return "The body is compressed (Content-Encoding). Send it as it is.";
        }

        if (headers.ContentType.Count == 0)
        {
            return null;
        }

        if (headers.ContentType.Count > 1 || !MediaTypeHeaderValue.TryParse(headers.ContentType[0], out var type))
        {
            return "Content-Type cannot be read.";
        }

        var charsets = type.Parameters
            .Where(p => p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)).ToList();
        if (!charsets.TrueForAll(c =>
            Utf8Names.Contains(HeaderUtilities.RemoveQuotes(c.Value).ToString(), StringComparer.OrdinalIgnoreCase)))
        {
            return "The body must be in UTF-8; charset says otherwise.";
        }

        if (charsets.Count > 0)
        {
            charsets.ForEach(charset => type.Parameters.Remove(charset));
            headers.ContentType = type.ToString();
        }

        return null;
    }
}
