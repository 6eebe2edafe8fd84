using Mpp.Licensing.Businesses;
using Mpp.Licensing.Certificates;
using Mpp.Licensing.Licences;
using Mpp.Licensing.Practices;

namespace Mpp.Licensing.Data;

/// <summary>The registers of the licensing office (DPMPTSP).</summary>
internal sealed class LicensingDbContext(DbContextOptions<LicensingDbContext> options) : DbContext(options)
{
    public const string NibNumbers = "nib_numbers";

    public const string CertificateNumbers = "certificate_numbers";

    public const string BusinessLicenceNumbers = "business_licence_numbers";

    public const string PracticeLicenceNumbers = "practice_licence_numbers";

    public DbSet<Business> Businesses => Set<Business>();

    public DbSet<BusinessActivity> Activities => Set<BusinessActivity>();

    public DbSet<OwnerBlock> OwnerBlocks => Set<OwnerBlock>();

    public DbSet<StandardCertificate> Certificates => Set<StandardCertificate>();

    public DbSet<BusinessLicence> BusinessLicences => Set<BusinessLicence>();

    public DbSet<PracticeLicence> PracticeLicences => Set<PracticeLicence>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(LicensingDbContext).Assembly)
        .HasDocumentNumbers(NibNumbers)
        .HasDocumentNumbers(CertificateNumbers)
        .HasDocumentNumbers(BusinessLicenceNumbers)
        .HasDocumentNumbers(PracticeLicenceNumbers)
        .AddAgency();
}
