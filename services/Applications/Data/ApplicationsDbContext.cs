using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Mpp.Contracts.Steps;
using Mpp.Messaging;

namespace Mpp.Applications.Data;

internal sealed class ApplicationsDbContext(DbContextOptions<ApplicationsDbContext> options) : DbContext(options)
{
    public const string NumberKey = "ux_applications_number";
    public const string IdempotencyKey = "pk_idempotency_keys";

    public DbSet<ApplicationRow> Applications => Set<ApplicationRow>();

    public DbSet<TimelineRow> Timeline => Set<TimelineRow>();

    public DbSet<PersonalDataRow> PersonalData => Set<PersonalDataRow>();

    public DbSet<PackageDefinitionRow> PackageDefinitions => Set<PackageDefinitionRow>();

    public DbSet<ServiceDefinitionRow> ServiceDefinitions => Set<ServiceDefinitionRow>();

    public DbSet<CatalogueNameRow> CatalogueNames => Set<CatalogueNameRow>();

    public DbSet<IdempotencyKeyRow> IdempotencyKeys => Set<IdempotencyKeyRow>();

    public DbSet<UnknownReplyRow> UnknownReplies => Set<UnknownReplyRow>();

    /// <summary>The application that the open transaction changes; its live streams are told once it has committed.</summary>
    public Guid? Changing { get; set; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var status = new ValueConverter<ApplicationStatus, string>(
            value => ApplicationRow.Text(value),
            text => Enum.GetValues<ApplicationStatus>().First(value => ApplicationRow.Text(value) == text));

        modelBuilder.Entity<ApplicationRow>(application =>
        {
            application.ToTable("applications").HasKey(row => row.Id).HasName("pk_applications");
            // Updates change no column that an index has, not even in its filter, but for the few that enter or leave the worklist, and find
            // room on their page: heap-only, no index writes.
            application.HasStorageParameter("fillfactor", 70);
            application.HasIndex(row => row.Number).IsUnique().HasDatabaseName(NumberKey);
            application.HasIndex(row => row.Id).HasFilter("worklist > 0").HasDatabaseName("ix_applications_worklist");
            application.Property(row => row.Status).HasConversion(status);
            application.Property(row => row.State).HasColumnType("jsonb");
        });
        modelBuilder.Entity<TimelineRow>(timeline =>
        {
            timeline.ToTable("timeline").HasKey(row => new { row.ApplicationId, row.Sequence }).HasName("pk_timeline");
            timeline.Property(row => row.Data).HasColumnType("jsonb");
        });
        modelBuilder.Entity<PersonalDataRow>(data =>
        {
            data.ToTable("personal_data").HasKey(row => new { row.ApplicationId, row.Part }).HasName("pk_personal_data");
            data.Property(row => row.Content).HasColumnType("json");
        });
        modelBuilder.Entity<PackageDefinitionRow>(definition =>
        {
            definition.ToTable("package_definitions").HasKey(row => new { row.Code, row.Version }).HasName("pk_package_definitions");
            definition.Property(row => row.Definition).HasColumnType("json");
        });
        modelBuilder.Entity<ServiceDefinitionRow>(definition =>
        {
            definition.ToTable("service_definitions").HasKey(row => row.Code).HasName("pk_service_definitions");
            definition.Property(row => row.Definition).HasColumnType("json");
        });
        modelBuilder.Entity<CatalogueNameRow>().ToTable("catalogue_names").HasKey(row => row.Code).HasName("pk_catalogue_names");
        modelBuilder.Entity<IdempotencyKeyRow>(key =>
        {
            key.ToTable("idempotency_keys").HasKey(row => new { row.Client, row.Key }).HasName(IdempotencyKey);
            key.HasIndex(row => row.CreatedAt).HasDatabaseName("ix_idempotency_keys_created_at").HasMethod("brin");
        });
        modelBuilder.Entity<UnknownReplyRow>().ToTable("unknown_replies")
            .HasKey(row => new { row.ApplicationId, row.Step, row.Attempt, row.Kind }).HasName("pk_unknown_replies");
        NameColumns(modelBuilder);
        modelBuilder.AddMessaging();
    }

    private static void NameColumns(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
