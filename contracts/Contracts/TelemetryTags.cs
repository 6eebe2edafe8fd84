namespace Mpp.Contracts;

/// <summary>
/// The attributes that every span working for an application carries, so that an operator finds it. Never a NIK, a name
/// or a document's content.
/// </summary>
public static class TelemetryTags
{
    /// <summary>The application's number.</summary>
    public const string ApplicationNumber = "mpp.application.number";

    /// <summary>The application's id.</summary>
    public const string ApplicationId = "mpp.application.id";

    /// <summary>The step's id in the package.</summary>
    public const string Step = "mpp.step";

    /// <summary>The agency's code.</summary>
    public const string Agency = "mpp.agency";

    /// <summary>The package's code.</summary>
    public const string Package = "mpp.package";
}
