using System.Reflection;
using System.Security.Claims;
using Mpp.Contracts;

namespace Mpp.Hosting.Auth;

/// <summary>
/// Where the caller may act: the token's <c>region</c> claim, a Kemendagri code or <c>*</c> for all. A token without
/// the claim may act nowhere. An endpoint takes it as a parameter.
/// </summary>
public readonly record struct CallerRegion
{
    private readonly bool _everywhere;
    private readonly RegionCode? _region;

    private CallerRegion(bool everywhere, RegionCode? region) => (_everywhere, _region) = (everywhere, region);

    /// <summary>Whether every region is covered.</summary>
    public bool IsEverywhere => _everywhere;

    /// <summary>
    /// The one region, with what lies in it; <see langword="null"/> when the caller may act everywhere or nowhere.
    /// </summary>
    public RegionCode? Region => _region;

    /// <summary>Whether the caller may act in a region.</summary>
    /// <param name="region">A region or a part of one.</param>
    public bool Covers(RegionCode region) => _everywhere || _region is { } own && own.Contains(region);

    /// <summary>Reads the claim.</summary>
    /// <param name="caller">The caller.</param>
    public static CallerRegion Of(ClaimsPrincipal caller) => caller.FindFirstValue("region") switch
    {
        "*" => new(everywhere: true, region: null),
        { } code when RegionCode.TryParse(code, provider: null, out var region) => new(everywhere: false, region),
        _ => default,
    };

    /// <summary>Binds an endpoint's parameter.</summary>
    public static ValueTask<CallerRegion> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(Of(context.User));
}
