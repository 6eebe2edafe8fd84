namespace Mpp.Contracts;

/// <summary>A step of a JSON Pointer (RFC 6901): the name of a member, with <c>~</c> and <c>/</c> escaped.</summary>
public static class PointerToken
{
    /// <summary>The token for a name: <c>a/b~c</c> is <c>a~1b~0c</c>.</summary>
    /// <param name="name">A member's name.</param>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The name that a token stands for.</summary>
    /// <param name="token">One step of a pointer, without its slash.</param>
    public static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
