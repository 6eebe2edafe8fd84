using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;

namespace Mpp.Agency;

/// <summary>Makes a web application an agency of the mall.</summary>
public static class AgencyExtensions
{
    /// <summary>Database, messaging, the agency's queue and the step protocol: the one call an agency's Program.cs makes.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="agency">The agency's code in the catalogue; also the name of its queue.</param>
    /// <param name="configure">Names the services.</param>
    public static WebApplicationBuilder AddAgency<TDbContext>(this WebApplicationBuilder builder, string agency, Action<AgencyConfigurator> configure)
        where TDbContext : DbContext => throw new NotImplementedException();

    /// <summary>Maps the tables of the kit and of messaging. Call it in <c>OnModelCreating</c>.</summary>
    public static ModelBuilder AddAgency(this ModelBuilder model) => throw new NotImplementedException();
}

/// <summary>The services of an agency.</summary>
public sealed class AgencyConfigurator
{
    /// <summary>Adds a service; it is created in a scope of its own for every step.</summary>
    public AgencyConfigurator Service<TService>() where TService : class, IAgencyService => throw new NotImplementedException();
}
