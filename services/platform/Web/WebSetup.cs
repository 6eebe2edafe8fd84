using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mpp.Hosting.Database;
using Mpp.Web.Assets;
using Mpp.Web.Languages;
using Mpp.Web.Protection;

namespace Mpp.Web;

/// <summary>Pages for people, made on the server: one look, two languages, no script that they need.</summary>
/// <remarks>
/// A service calls <see cref="AddPages"/> while it is put together, <see cref="UsePages"/> after <c>UseMpp</c>, and
/// <see cref="MapPages"/> with its endpoints. A page is an endpoint that returns a <c>RazorComponentResult</c> of a
/// component that is wrapped into <see cref="Layout.Page"/>.
/// </remarks>
public static class WebSetup
{
    /// <summary>The tables of pages: the keys that protect cookies and forms.</summary>
    private static readonly DatabaseScripts Scripts = DatabaseScripts.Of("web", typeof(WebSetup).Assembly);

    /// <summary>Pages under one path.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="basePath">Where its pages stand, for example <c>/console</c>. Cookies of forms go there only.
    /// </param>
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder, string basePath)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddScoped<PageLanguage>();
        services.AddSingleton(new WebAssets(basePath));
        services.AddSingleton(new PagePaths(basePath));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "mpp-form";
            options.Cookie.Path = basePath.Length == 0 ? "/" : basePath;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        RemoveKeysAtStart(services);
        return builder;
    }

    /// <summary>
    /// The keys that protect cookies and forms stand in the service's database. Call it in a service whose pages have
    /// forms or sessions, after <see cref="AddPages"/>.
    /// </summary>
    /// <param name="builder">The service; it has a database.</param>
    /// <param name="application">Whose keys they are, for example <c>console</c>.</param>
    public static WebApplicationBuilder AddKeysInDatabase(this WebApplicationBuilder builder, string application)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(Scripts);
        builder.Services.AddDataProtection().SetApplicationName(application);
        builder.Services.TryAddSingleton<KeysInDatabase>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<KeysInDatabase>(
            static (options, keys) => options.XmlRepository = keys);
        RemoveKeysAtStart(builder.Services);
        return builder;
    }

    /// <summary>The headers of pages.</summary>
    /// <param name="app">The service, after <c>UseMpp</c>.</param>
    public static IApplicationBuilder UsePages(this IApplicationBuilder app) => app.UseMiddleware<PageHeaders>();

    /// <summary>The stylesheet, the script and the choice of the language.</summary>
    /// <param name="app">The service's endpoints.</param>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.ServiceProvider.GetRequiredService<WebAssets>().Map(app);
        LanguageChoice.Map(app, app.ServiceProvider.GetRequiredService<PagePaths>().Base);
    }

    /// <summary>ASP.NET Core would read the keys at start, before the database is there.</summary>
    private static void RemoveKeysAtStart(IServiceCollection services)
    {
        foreach (var hosted in services
            .Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        {
            services.Remove(hosted);
        }
    }

    private sealed record PagePaths(string Base);
}
