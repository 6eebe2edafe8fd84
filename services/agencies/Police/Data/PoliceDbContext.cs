using Mpp.Police.DrivingLicences;
using Mpp.Police.LossReports;
using Mpp.Police.Records;
using Mpp.Police.Skck;

namespace Mpp.Police.Data;

/// <summary>The registers of the police.</summary>
internal sealed class PoliceDbContext(DbContextOptions<PoliceDbContext> options) : DbContext(options)
{
    public const string LossReportNumbers = "loss_report_numbers";

    public DbSet<PoliceRecord> Records => Set<PoliceRecord>();

    public DbSet<SkckCertificate> Certificates => Set<SkckCertificate>();

    public DbSet<LossReport> LossReports => Set<LossReport>();

    public DbSet<DrivingLicence> DrivingLicences => Set<DrivingLicence>();

    public DbSet<DrivingLicencePrint> DrivingLicencePrints => Set<DrivingLicencePrint>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(PoliceDbContext).Assembly)
        .HasDocumentNumbers(LossReportNumbers)
        .AddAgency();
}
