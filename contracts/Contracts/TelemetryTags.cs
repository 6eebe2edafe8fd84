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

    /// <summary>
    /// The number of an application that is only read. It is another attribute, so that whoever looks for the work on
    /// an application does not find everybody who asked about it.
    /// </summary>
    public const string ApplicationRead = "mpp.application.read";

    /// <summary>The step's id in the package.</summary>
    public const string Step = "mpp.step";

    /// <summary>The agency's code.</summary>
    public const string Agency = "mpp.agency";

    /// <summary>The package's code.</summary>
    public const string Package = "mpp.package";

    /// <summary>The region's code, for example <c>74.02</c>.</summary>
    public const string Region = "mpp.region";
}
