using System.Text.Json.Nodes;
using Mpp.Gateway.Routing;
using Mpp.Hosting.Clock;

namespace Mpp.Gateway.Docs;

/// <summary>
/// <c>/openapi/v1.json</c>, the published document of contracts/openapi, and <c>/docs</c>, a page to try it. The
/// document is built into the gateway, so it is there when a service is not; a test keeps it equal to what the services
/// say.
/// </summary>
internal static class DocsSetup
{
    public static IApplicationBuilder UseDocs(this IApplicationBuilder app) => app.UseWhen(
        static context => context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal),
        static docs => docs.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "MPP Digital API";
            options.SwaggerEndpoint("/openapi/v1.json", "MPP Digital v1");
            options.DisplayRequestDuration();
            options.EnableTryItOutByDefault();
        }));

    public static void MapDocs(this WebApplication app)
    {
        var document = new Lazy<byte[]>(() => Read(app.Services));
        app.MapGet("/openapi/v1.json", () => TypedResults.Bytes(document.Value, "application/json"))
            .AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The document names the issuer that is part of the mall; a deployment may have another one.</summary>
    private static byte[] Read(IServiceProvider services)
    {
        using var stream = typeof(DocsSetup).Assembly.GetManifestResourceStream("mpp.json")!;
        var document = JsonNode.Parse(stream)!;
        var paths = document["paths"]!.AsObject();
        if (!services.GetRequiredService<IHostEnvironment>().IsEnvironment(SandboxClock.EnvironmentName))
        {
            Remove(paths, "/sandbox/");
        }

        if (!services.GetRequiredService<IOptions<GatewayOptions>>().Value.HasIdentity
            && document["components"]?["securitySchemes"] is JsonObject schemes)
        {
            var authority = services.GetRequiredService<IOptions<AuthOptions>>().Value.Authority.TrimEnd('/');
            schemes["token"] = new JsonObject
            {
                ["type"] = "openIdConnect",
                ["openIdConnectUrl"] = $"{authority}/.well-known/openid-configuration",
                ["description"] = schemes["token"]?["description"]?.DeepClone(),
            };
            Remove(paths, "/identity/");
        }

        return System.Text.Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static void Remove(JsonObject paths, string below)
    {
        foreach (var path in paths.Select(path => path.Key)
            .Where(path => path.StartsWith(below, StringComparison.Ordinal)).ToList())
        {
            paths.Remove(path);
        }
    }
}
