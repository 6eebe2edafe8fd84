using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Mpp.Web.Assets;

/// <summary>
/// The stylesheet and the script of the pages. Their addresses hold a hash of their content, so that a browser keeps
/// them for good and still sees a new one at once.
/// </summary>
public sealed class WebAssets
{
    /// <summary>The stylesheet.</summary>
    public const string Style = "web.css";

    /// <summary>Keeps a page as it is now, by server-sent events.</summary>
    public const string Live = "live.js";

    private static readonly FrozenDictionary<string, Asset> Files = new[]
    {
        Read(Style, "text/css; charset=utf-8"), Read(Live, "text/javascript; charset=utf-8"),
    }.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    private readonly string _folder;

    internal WebAssets(string basePath) => _folder = $"{basePath}/assets";

    /// <summary>The address of a file, a path.</summary>
    /// <param name="name"><see cref="Style"/> or <see cref="Live"/>.</param>
    public string Address(string name) => $"{_folder}/{Files[name].AddressedName}";

    internal void Map(IEndpointRouteBuilder app)
    {
        foreach (var asset in Files.Values)
        {
            app.MapGet($"{_folder}/{asset.AddressedName}", (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                http.Response.Headers.XContentTypeOptions = "nosniff";
                return TypedResults.Bytes(
                    asset.Content, asset.MediaType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
            }).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static Asset Read(string name, string mediaType)
    {
        using var stream = typeof(WebAssets).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset(name, mediaType, content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }

    private sealed record Asset(string Name, string MediaType, byte[] Content, string Hash)
    {
        public string AddressedName =>
            $"{Path.GetFileNameWithoutExtension(Name)}-{Hash}{Path.GetExtension(Name)}";
    }
}
