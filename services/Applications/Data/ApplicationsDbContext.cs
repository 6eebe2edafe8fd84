using Mpp.Hosting;
using Mpp.Hosting.Idempotency;

namespace Mpp.Applications.Data;

internal sealed class ApplicationsDbContext(DbContextOptions<ApplicationsDbContext> options) : DbContext(options)
{
    public const string NumberKey = "ix_applications_number";

    public DbSet<ApplicationRow> Applications => Set<ApplicationRow>();

    public DbSet<TimelineRow> Timeline => Set<TimelineRow>();

    public DbSet<PersonalDataRow> PersonalData => Set<PersonalDataRow>();

    public DbSet<PackageDefinitionRow> PackageDefinitions => Set<PackageDefinitionRow>();

    public DbSet<ServiceDefinitionRow> ServiceDefinitions => Set<ServiceDefinitionRow>();

    public DbSet<CatalogueNameRow> CatalogueNames => Set<CatalogueNameRow>();

    public DbSet<UnknownReplyRow> UnknownReplies => Set<UnknownReplyRow>();

    public DbSet<PrecheckRecordRow> PrecheckRecords => Set<PrecheckRecordRow>();

    /// <summary>
    /// The application that the open transaction changes; its live streams are told once it has committed.
    /// </summary>
    public Guid? Changing { get; set; }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ApplicationRow>(application =>
        {
            // Updates change no column of an index or of its filter, except the few that enter or leave the worklist,
            // and they find room on their page. So they are heap-only and write no index.
            application.HasStorageParameter("fillfactor", 70);
            application.HasIndex(row => row.Number).IsUnique().HasDatabaseName(NumberKey);
            application.HasIndex(row => row.Id).HasFilter("worklist > 0").HasDatabaseName("ix_applications_worklist");
            application.Property(row => row.State).HasColumnType("jsonb");
        });
        modelBuilder.Entity<TimelineRow>(timeline =>
        {
            timeline.HasKey(row => new { row.ApplicationId, row.Sequence });
            timeline.Property(row => row.Data).HasColumnType("jsonb");
        });
        modelBuilder.Entity<PersonalDataRow>(data =>
        {
            data.HasKey(row => new { row.ApplicationId, row.Part });
            data.Property(row => row.Content).HasColumnType("json");
        });
        modelBuilder.Entity<PackageDefinitionRow>(definition =>
        {
            definition.HasKey(row => new { row.Code, row.Version });
            definition.Property(row => row.Definition).HasColumnType("json");
        });
        modelBuilder.Entity<ServiceDefinitionRow>(definition =>
        {
            definition.HasKey(row => row.Code);
            definition.Property(row => row.Definition).HasColumnType("json");
        });
        modelBuilder.Entity<CatalogueNameRow>().HasKey(row => row.Code);
        modelBuilder.Entity<UnknownReplyRow>()
            .HasKey(row => new { row.ApplicationId, row.Step, row.Attempt, row.Kind });
        modelBuilder.Entity<PrecheckRecordRow>(record =>
        {
            record.ToTable("precheck_records");
            record.HasIndex(row => new { row.Nik, row.At });
            record.HasIndex(row => new { row.Client, row.At });
            // Rows are deleted in the order in which they came.
            record.HasIndex(row => row.At).HasMethod("brin");
        });
        modelBuilder.AddIdempotency();
        modelBuilder.AddMessaging();
    }
}
