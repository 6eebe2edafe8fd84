using Microsoft.EntityFrameworkCore;
using Mpp.Agency;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.Certificates;
using Mpp.Licensing.Kbli;
using Mpp.Licensing.Practices;

namespace Mpp.Licensing.Data;

/// <summary>The registers of the licensing office (DPMPTSP).</summary>
internal sealed class LicensingDb(DbContextOptions<LicensingDb> options) : DbContext(options)
{
    public const string NibNumbers = "nib_numbers";

    public const string CertificateNumbers = "certificate_numbers";

    public const string PracticeLicenceNumbers = "practice_licence_numbers";

    public DbSet<Business> Businesses => Set<Business>();

    public DbSet<OwnerBlock> OwnerBlocks => Set<OwnerBlock>();

    public DbSet<StandardCertificate> Certificates => Set<StandardCertificate>();

    public DbSet<PracticeLicence> PracticeLicences => Set<PracticeLicence>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder
        .AddValueTypes()
        .AddKebabEnum<RiskLevel>()
        .AddKebabEnum<PermitStatus>()
        .AddKebabEnum<BlockGround>()
        .AddKebabEnum<Profession>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(LicensingDb).Assembly)
        .HasDocumentNumbers(NibNumbers)
        .HasDocumentNumbers(CertificateNumbers)
        .HasDocumentNumbers(PracticeLicenceNumbers)
        .UseSnakeCaseNames()
        .AddAgency();
}
