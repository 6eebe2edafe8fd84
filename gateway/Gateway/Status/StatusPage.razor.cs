using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mpp.Contracts;

namespace Mpp.Gateway.Status;

/// <summary>The page for people: one line per service.</summary>
public sealed partial class StatusPage
{
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Inject]
    internal Yarp.ReverseProxy.IProxyStateLookup Proxy { get; set; } = null!;

    private MallStatus Status => field ??= MallStatus.Of(Proxy);

    private LocalizedText Headline =>
        Status.Status == "healthy" ? StatusTexts.AllWell : StatusTexts.SomeAway;

    private string Moment => Now.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Mark(ServiceStatus service) =>
        service.Status switch { "healthy" => "good", "unhealthy" => "bad", _ => "wait" };

    private static string Copies(ServiceStatus service) => service.Copies > 1
        ? string.Create(CultureInfo.InvariantCulture, $" ({service.HealthyCopies}/{service.Copies})")
        : "";
}
