using System.Globalization;
using System.Text;
using Mpp.Hosting.Problems;
using Mpp.Identity.Records;

namespace Mpp.Identity.Limits;

/// <summary>
/// Refuses requests for tokens, with 429, before anything looks at a secret. The pages count for themselves.
/// </summary>
internal sealed class TokenLimit(RequestDelegate next, AttemptLimits limits)
{
    public const string Path = "/identity/token";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path != Path)
        {
            await next(context);
            return;
        }

        var address = CallerAddress.Of(context);
        var wait = limits.OfAddress(address)
            ?? (await ClientAsync(context.Request) is { Length: > 0 } client ? limits.OfClient(client, address) : null);
        if (wait is null)
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = Seconds(wait.Value);
        await Problem.Of(ProblemCodes.RateLimited, "Wait as long as Retry-After says.").ExecuteAsync(context);
    }

    /// <summary>As <c>Retry-After</c> has it.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The client that the request names, whoever it is.</summary>
    private static async Task<string?> ClientAsync(HttpRequest request)
    {
        const string Basic = "Basic ";
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            var buffer = new byte[header.Length];
            return Convert.TryFromBase64String(header[Basic.Length..], buffer, out var length)
                ? Encoding.UTF8.GetString(buffer, 0, length).Split(':')[0]
                : null;
        }

        return request.HasFormContentType
            ? (await request.ReadFormAsync(request.HttpContext.RequestAborted))["client_id"].ToString()
            : null;
    }
}
