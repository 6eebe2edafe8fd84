using System.Net;

namespace Mpp.Identity.Records;

/// <summary>Where a request comes from.</summary>
internal static class CallerAddress
{
    /// <summary>
    /// The address that the gateway saw. It overwrites the header, and nobody else reaches this service: its port stays
    /// inside the cluster's network.
    /// </summary>
    public static string Of(HttpContext context)
    {
        var told = context.Request.Headers["X-Forwarded-For"].ToString();
        var address = IPAddress.TryParse(told.AsSpan(told.LastIndexOf(',') + 1).Trim(), out var forwarded)
            ? forwarded
            : context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "";
    }
}
