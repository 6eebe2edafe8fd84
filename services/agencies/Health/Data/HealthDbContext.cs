using Mpp.Health.Recommendations;
using Mpp.Health.Registrations;

namespace Mpp.Health.Data;

/// <summary>The registers of the health office.</summary>
internal sealed class HealthDbContext(DbContextOptions<HealthDbContext> options) : DbContext(options)
{
    public const string RecommendationNumbers = "recommendation_numbers";

    public DbSet<Registration> Registrations => Set<Registration>();

    public DbSet<Recommendation> Recommendations => Set<Recommendation>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(HealthDbContext).Assembly)
        .HasDocumentNumbers(RecommendationNumbers)
        .AddAgency();
}
