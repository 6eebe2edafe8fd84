namespace Mpp.Contracts.Packages;

/// <summary>The forms of the names that definitions give to things.</summary>
public static class Codes
{
    /// <summary>Of an agency, package, step, requirement or kind of document: kebab case.</summary>
    public const string Code = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

    /// <summary>Of a service: <c>agency/service</c>.</summary>
    public const string Service = "^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$";
}
