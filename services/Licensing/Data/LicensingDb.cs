using Microsoft.EntityFrameworkCore;
using Mpp.Agency;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Certificates;
using Mpp.Licensing.Kbli;

namespace Mpp.Licensing.Data;

/// <summary>The registers of the licensing office (DPMPTSP).</summary>
internal sealed class LicensingDb(DbContextOptions<LicensingDb> options) : DbContext(options)
{
    public const string NibNumbers = "nib_numbers";

    public const string CertificateNumbers = "certificate_numbers";

    public DbSet<Business> Businesses => Set<Business>();

    public DbSet<OwnerBlock> OwnerBlocks => Set<OwnerBlock>();

    public DbSet<StandardCertificate> Certificates => Set<StandardCertificate>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder
        .AddValueTypes()
        .AddKebabEnum<RiskLevel>()
        .AddKebabEnum<PermitStatus>()
        .AddKebabEnum<BlockGround>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(LicensingDb).Assembly)
        .HasDocumentNumbers(NibNumbers)
        .HasDocumentNumbers(CertificateNumbers)
        .UseSnakeCaseNames()
        .AddAgency();
}
