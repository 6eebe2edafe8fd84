using System.Collections.Immutable;

namespace Mpp.Gateway.Routing;

/// <summary>A path that the world may call.</summary>
/// <param name="Name">Unique, for traces and logs.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, the same here and at the service.</param>
/// <param name="Service">The service that answers, a name under <c>Gateway:Services</c>.</param>
/// <param name="Access">Who may call.</param>
internal sealed record PublicRoute(string Name, string Method, string Path, string Service, Access Access)
{
    /// <summary>
    /// How long the whole exchange may take; <see langword="null"/> for a stream, which lives as long as both sides
    /// want it.
    /// </summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it is a page for people: its cookies pass, and the published document leaves it out.</summary>
    public bool IsPage { get; init; }

    /// <summary>The service that gives tokens; a mall with another issuer runs without it.</summary>
    public const string Identity = "identity";

    /// <summary>The operators' console, which checks its own sessions; a mall may run without it.</summary>
    public const string Console = "operations";

    /// <summary>
    /// Everything that is public, and who may call it. What is not in this table, or added under <c>Gateway:Routes</c>,
    /// does not exist for the world. Service standards are anonymous because the law wants them published (UU 25/2009
    /// art. 15).
    /// </summary>
    public static readonly ImmutableArray<PublicRoute> Table =
    [
        new("submit-application", "POST", "/v1/applications", "applications",
            Access.Scope(KnownScopes.ApplicationsSubmit)),
        new("application", "GET", "/v1/applications/{number}", "applications",
            Access.Scope(KnownScopes.ApplicationsRead)),
        new("application-timeline", "GET", "/v1/applications/{number}/timeline", "applications",
            Access.Scope(KnownScopes.ApplicationsRead)),
        new("application-events",
            "GET", "/v1/applications/{number}/events", "applications", Access.Scope(KnownScopes.ApplicationsRead))
        { Timeout = null },
        new("correct-step", "POST", "/v1/applications/{number}/steps/{step}/corrections", "applications",
            Access.Scope(KnownScopes.ApplicationsSubmit)),
        new("refile-step", "POST", "/v1/applications/{number}/steps/{step}/refilings", "applications",
            Access.Scope(KnownScopes.ApplicationsSubmit)),
        new("cancel-application", "POST", "/v1/applications/{number}/cancellation", "applications",
            Access.Scope(KnownScopes.ApplicationsSubmit)),
        new("continue-application", "POST", "/v1/applications/{number}/channel", "applications",
            Access.Scope(KnownScopes.ApplicationsSubmit)),
        new("operate-step", "POST", "/v1/applications/{number}/steps/{step}/acts", "applications",
            Access.Scope(KnownScopes.ApplicationsOperate)),
        new("worklist", "GET", "/v1/worklist", "applications", Access.Scope(KnownScopes.ApplicationsOperate)),
        new("precheck-package", "POST", "/v1/packages/{code}/precheck", "applications",
            Access.Scope(KnownScopes.ApplicationsSubmit)),
        new("bill", "GET", "/v1/bills/{code}", "payments", Access.Scope(KnownScopes.PaymentsRead)),
        new("record-payment", "POST", "/v1/bills/{code}/payments", "payments",
            Access.Scope(KnownScopes.PaymentsRecord)),
        new("refunds", "GET", "/v1/refunds", "payments", Access.Scope(KnownScopes.PaymentsOperate)),
        new("refund", "GET", "/v1/refunds/{id}", "payments", Access.Scope(KnownScopes.PaymentsOperate)),
        new("record-repayment", "POST", "/v1/refunds/{id}/repayment", "payments",
            Access.Scope(KnownScopes.PaymentsRefund)),
        new("packages", "GET", "/v1/packages", "catalogue", Access.Anonymous),
        new("package", "GET", "/v1/packages/{code}", "catalogue", Access.Anonymous),
        new("services", "GET", "/v1/services", "catalogue", Access.Anonymous),
        new("agencies", "GET", "/v1/agencies", "catalogue", Access.Anonymous),
        new("token", "POST", "/identity/token", Identity, Access.Anonymous),
        Page("console", "GET", "/console", Console),
        Page("console-page", "GET", "/console/{**page}", Console),
        Page("console-form", "POST", "/console/{**page}", Console),
        Page("console-events", "GET", "/console/events", Console) with { Timeout = null },
        Page("discovery", "GET", "/identity/.well-known/openid-configuration"),
        Page("keys", "GET", "/identity/jwks"),
        Page("authorize", "GET", "/identity/authorize"),
        Page("authorize-form", "POST", "/identity/authorize"),
        Page("sign-in", "GET", "/identity/sign-in"),
        Page("sign-in-form", "POST", "/identity/sign-in"),
        Page("sign-in-home", "GET", "/identity"),
        Page("sign-in-assets", "GET", "/identity/assets/{file}"),
        Page("sign-in-language", "GET", "/identity/language"),
        Page("logout", "GET", "/identity/logout"),
        Page("logout-form", "POST", "/identity/logout"),
    ];

    private static PublicRoute Page(string name, string method, string path, string service = Identity) =>
        new(name, method, path, service, Access.Anonymous) { IsPage = true };
}

/// <summary>Who may call a route: everybody, or callers whose token has a scope. There is no third kind.</summary>
internal readonly record struct Access
{
    private Access(string? scope) => RequiredScope = scope;

    /// <summary>The scope; <see langword="null"/> for everybody.</summary>
    public string? RequiredScope { get; }

    public static Access Anonymous => new(scope: null);

    public static Access Scope(string scope) => new(scope);
}
