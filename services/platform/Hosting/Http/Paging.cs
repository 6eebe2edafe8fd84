using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Http;

/// <summary>Lists in pages: <c>Link: rel="next"</c> (RFC 8288) leads to the next one.</summary>
public static class Paging
{
    /// <summary>What is wrong with the query parameter <c>limit</c>.</summary>
    /// <param name="limit">How many items a page is to have.</param>
    /// <param name="most">How many it can have.</param>
    public static Problem? LimitFault(int? limit, int most) => limit is < 1 || limit > most
        ? Problem.Parameter("limit", ErrorCodes.OutOfRange, $"1 to {most} is expected.")
        : null;

    /// <summary>
    /// The items of a page. When there are more than fit, <c>Link</c> leads to the next page:
    /// <c>?after=…&amp;limit=…</c> of the same path, with the rest of the query.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="read">What was read: one more than fits, where there is more.</param>
    /// <param name="size">How many fit.</param>
    /// <param name="after">Gives what the next page begins after, for the last item; URL-safe.</param>
    public static IReadOnlyList<T> Page<T>(
        this HttpContext http, IReadOnlyList<T> read, int size, Func<T, object> after)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        if (read.Count <= size)
        {
            return read;
        }

        var page = read.Take(size).ToList();
        var same = string.Concat(http.Request.Query.Where(q => q.Key is not ("after" or "limit"))
            .Select(q => $"&{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}"));
        http.Response.Headers.Link =
            $"<{http.Request.Path}?after={after(page[^1])}&limit={size}{same}>; rel=\"next\"";
        return page;
    }
}
