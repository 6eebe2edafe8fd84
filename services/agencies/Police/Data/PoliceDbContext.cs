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

    /// <summary>
    /// The next number in a unit's register of a month. The counter's row stays locked until the step's transaction
    /// ends, so that the register has neither doubles nor gaps; take it last. Other units and months are not held up.
    /// On two cores that are busy with other things, sixteen writers get 490–620 numbers a second from one unit,
    /// 1,430–2,100 from sixteen (pgbench): far above any season.
    /// </summary>
    public async Task<int> NextSerial(string unit, DateOnly month, CancellationToken cancellationToken) =>
        (await Database.SqlQuery<int>($"""
            INSERT INTO skck_counters AS c (unit, month, last_serial) VALUES ({unit}, {month}, 1)
            ON CONFLICT (unit, month) DO UPDATE SET last_serial = c.last_serial + 1
            RETURNING last_serial AS "Value"
            """).ToListAsync(cancellationToken))[0];

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(PoliceDbContext).Assembly)
        .HasDocumentNumbers(LossReportNumbers)
        .AddAgency();
}
