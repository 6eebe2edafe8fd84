using Mpp.Operations.Access;

namespace Mpp.Operations.Mall;

/// <summary>The configuration of the addresses that the console asks inside the mall.</summary>
internal sealed class MallAddresses
{
    /// <summary>The catalogue's own port, <c>Catalogue:Url</c>.</summary>
    public Uri? Catalogue { get; set; }

    /// <summary>The coordinator's own port, <c>Applications:Url</c>.</summary>
    public Uri? Applications { get; set; }
}

/// <summary>The clients for them.</summary>
internal static class MallClients
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static void AddMallClients(this IServiceCollection services)
    {
        services.AddOptions<MallAddresses>()
            .Configure<IConfiguration>((addresses, configuration) =>
            {
                addresses.Catalogue = configuration.GetValue<Uri>("Catalogue:Url");
                addresses.Applications = configuration.GetValue<Uri>("Applications:Url");
            })
            .Validate(addresses => addresses.Catalogue is { IsAbsoluteUri: true },
                "Catalogue:Url is missing. Set it to the catalogue's address inside the mall.")
            .Validate(addresses => addresses.Applications is { IsAbsoluteUri: true },
                "Applications:Url is missing. Set it to the coordinator's address inside the mall.")
            .ValidateOnStart();
        services.AddHttpClient(MallApi.Client, (provider, client) =>
            Configure(client, provider.GetRequiredService<IOptions<ConsoleOptions>>().Value.Url!));
        services.AddScoped<MallApi>();
        services.AddHttpClient("catalogue", (provider, client) =>
            Configure(client, provider.GetRequiredService<IOptions<MallAddresses>>().Value.Catalogue!));
        services.AddHttpClient("applications", (provider, client) =>
            Configure(client, provider.GetRequiredService<IOptions<MallAddresses>>().Value.Applications!));
    }

    private static void Configure(HttpClient client, Uri address)
    {
        client.BaseAddress = address;
        client.Timeout = Limit;
    }
}
