using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mpp.Identity.Accounts;
using Mpp.Identity.Clients;
using Mpp.Identity.Limits;
using Mpp.Identity.Pages;
using Mpp.Identity.Secrets;
using Mpp.Web;

namespace Mpp.Identity;

/// <summary>What the service reads of its configuration, and what its forms and cookies are.</summary>
internal static class IdentitySetup
{
    public static void AddIdentityOptions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SecretOptions>().BindConfiguration(SecretOptions.Section)
            .Validate(options => SecretOptions.Fault(options.KeySecret) is null,
                SecretOptions.Fault("")!)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClientsOptions>, ClientsOptionsValidator>();
        services.AddOptions<ClientsOptions>().BindConfiguration(SecretOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PeopleOptions>, PeopleOptionsValidator>();
        services.AddOptions<PeopleOptions>().BindConfiguration(SecretOptions.Section).ValidateOnStart();
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section)
            .Validate(options => options.IsValid, "Identity:Limits needs numbers above zero.").ValidateOnStart();

        builder.AddPages(PageAnswer.Base);
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<Mpp.Hosting.Auth.AuthOptions>>((forms, auth) =>
        {
            var isHttps = auth.Value.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            forms.Cookie.Name = isHttps ? "__Secure-mpp-form" : "mpp-form";
            forms.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            forms.FormFieldName = "form";
        });
        // In place of a ring of keys; see SealedProtection.
        services.RemoveAll<IDataProtectionProvider>();
        services.AddSingleton<IDataProtectionProvider>(
            provider => new SealedProtection(provider.GetRequiredService<Sealer>(), "forms"));
    }
}
