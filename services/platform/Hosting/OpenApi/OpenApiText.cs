using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mpp.Hosting.OpenApi;

/// <summary>
/// The service's OpenAPI document without running the service: neither database nor broker is needed.
/// </summary>
internal static class OpenApiText
{
    public static async Task<string> WriteAsync(WebApplication app)
    {
        // From here on the document's generator knows the endpoints; ASP.NET Core does this itself when the server
        // starts.
        app.UseEndpoints(static _ => { });
        await using var scope = app.Services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1")
            .GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }
}
