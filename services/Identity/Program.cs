using Mpp.Hosting;
using Mpp.Hosting.Database;
using Mpp.Identity;
using Mpp.Identity.Accounts;
using Mpp.Identity.Clients;
using Mpp.Identity.Data;
using Mpp.Identity.Keys;
using Mpp.Identity.Limits;
using Mpp.Identity.Records;
using Mpp.Identity.Secrets;
using Mpp.Identity.Sessions;
using Mpp.Identity.SignIn;
using Mpp.Identity.Time;
using Mpp.Identity.Tokens;
using Mpp.Web;

var builder = MppHost.CreateBuilder(args, "identity");
builder.AddDatabase<IdentityDbContext>();
builder.AddIdentityOptions();
builder.AddTokens();

var services = builder.Services;
services.AddHttpContextAccessor();
services.AddSingleton(new IdentityClock(TimeProvider.System));
services.AddSingleton<Sealer>();
services.AddSingleton<KeyRing>();
services.AddSingleton<KeyRotation>();
services.AddHostedService(provider => provider.GetRequiredService<KeyRotation>());
services.AddSingleton<ClientLoader>();
services.AddHostedService(provider => provider.GetRequiredService<ClientLoader>());
services.AddSingleton<Passwords>();
services.AddSingleton<PeopleLoader>();
services.AddHostedService(provider => provider.GetRequiredService<PeopleLoader>());
services.AddHostedService<OldTokens>();
services.AddSingleton<AttemptLimits>();
services.AddScoped<AccountAccess>();
services.AddScoped<SessionStore>();
services.AddScoped<SignInRecord>();
services.AddScoped<SignInServices>();
services.AddSingleton<CallerClaims>();
services.AddScoped<AuthorizeEndpoint>();
services.AddScoped<TokenEndpoint>();
services.AddOldRows<IdentityDbContext, SignInEventRow>(
    SignInRecord.Kept, (rows, before) => rows.Where(row => row.At < before));
services.AddOldRows<IdentityDbContext, SessionRow>(
    SignInRecord.Kept, (rows, before) => rows.Where(row => row.EndsAt < before));
services.AddHealthChecks().AddCheck<KeyRotation>("keys", tags: ["ready"])
    .AddCheck<ClientLoader>("clients", tags: ["ready"]);

var app = builder.Build();
app.UseMpp(beforeRouting: first => first
    .UseMiddleware<PublicAddress>().UseMiddleware<OneCacheHeader>().UseMiddleware<NotYet>()
    .UseMiddleware<ReadableForm>().UseMiddleware<TokenLimit>());
app.UsePages();
return await app.RunMppAsync(ready =>
{
    ready.MapTokens();
    ready.MapSignIn();
    ready.MapSignOut();
    ready.MapPages();
});
