using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Mpp.Hosting.Http;

/// <summary>The <c>ETag</c> of what is read, and what callers say about it (RFC 9110, 13.1).</summary>
public static class StateTag
{
    /// <summary>
    /// Writes the tag of the state into the answer, and says whether the caller has that state already
    /// (<c>If-None-Match</c>): then the answer is 304.
    /// </summary>
    /// <param name="http">The request, and the answer's headers.</param>
    /// <param name="tag">In quotation marks, as it stands in the header.</param>
    public static bool IsKnown(HttpContext http, string tag)
    {
        http.Response.Headers.ETag = tag;
        return Names(http.Request.Headers.IfNoneMatch, known => known == tag);
    }

    /// <summary>
    /// Whether a list of tags names the current state; <c>*</c> names every state, and what cannot be read names none.
    /// </summary>
    /// <param name="header">The value of <c>If-Match</c> or <c>If-None-Match</c>.</param>
    /// <param name="isCurrent">Whether a tag, in its quotation marks, is the state's.</param>
    public static bool Names(StringValues header, Predicate<string> isCurrent) =>
        EntityTagHeaderValue.TryParseList(header, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || isCurrent(tag.Tag.ToString()));
}
