namespace Mpp.Hosting.Start;

/// <summary>
/// Starts the web server before the other hosted services, where ASP.NET Core starts it last: health answers while the
/// service waits for its database, and no consumer runs before the tables exist, because <see cref="Preparation"/>
/// stands between the two.
/// </summary>
internal sealed class OrderedStart(bool validate) : IServiceProviderFactory<IServiceCollection>
{
    public IServiceCollection CreateBuilder(IServiceCollection services) => services;

    public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder)
    {
        var server = containerBuilder.FirstOrDefault(
            service => service.ImplementationType?.Name == "GenericWebHostService");
        var preparation = containerBuilder.FirstOrDefault(service => service.ImplementationType == typeof(Preparation));
        if (server is not null && preparation is not null)
        {
            containerBuilder.Remove(server);
            containerBuilder.Insert(containerBuilder.IndexOf(preparation), server);
        }

        return containerBuilder.BuildServiceProvider(
            new ServiceProviderOptions { ValidateScopes = validate, ValidateOnBuild = validate });
    }
}
