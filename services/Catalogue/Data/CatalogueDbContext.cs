using Microsoft.EntityFrameworkCore;

namespace Mpp.Catalogue.Data;

/// <summary>
/// What was published when. The definitions themselves are in files; this database remembers their digests.
/// </summary>
internal sealed class CatalogueDbContext(DbContextOptions<CatalogueDbContext> options) : DbContext(options)
{
    public DbSet<PublishedDefinition> PublishedDefinitions => Set<PublishedDefinition>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<PublishedDefinition>(table =>
        {
            table.HasKey(d => new { d.Code, d.Version });
            table.Property(d => d.Sha256).HasColumnType("char(64)");
        });
}

/// <summary>A package version that applications may be pinned to.</summary>
internal sealed class PublishedDefinition
{
    public required string Code { get; init; }

    public required int Version { get; init; }

    /// <summary>Digest of the definition's canonical form, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }
}
