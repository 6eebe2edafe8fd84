using Mpp.Hosting;
using Mpp.Messaging;

namespace Mpp.Operations.Data;

/// <summary>
/// What operators look at, put together from events. Nothing here is a source: all of it can be told again by those
/// whose data it is, except the sessions and the records of who did what.
/// </summary>
internal sealed class OperationsDbContext(DbContextOptions<OperationsDbContext> options) : DbContext(options)
{
    public DbSet<ApplicationRow> Applications => Set<ApplicationRow>();

    public DbSet<StepRow> Steps => Set<StepRow>();

    public DbSet<EntryRow> Entries => Set<EntryRow>();

    public DbSet<ProcessRow> Processes => Set<ProcessRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<ConsoleRecordRow> Records => Set<ConsoleRecordRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ApplicationRow>(application =>
        {
            application.HasStorageParameter("fillfactor", 80);
            application.Property(row => row.Id).ValueGeneratedNever();
            application.Property(row => row.Region).HasMaxLength(13);
            application.HasIndex(row => row.Number).IsUnique();
            application.HasIndex(row => new { row.Region, row.Id });
            application.HasIndex(row => new { row.Region, row.Status, row.Id });
            application.HasIndex(row => new { row.Region, row.Package, row.Id });
            application.HasIndex(row => new { row.Region, row.EndedAt });
            application.HasIndex(row => new { row.Region, row.SubmittedAt });
        });
        modelBuilder.Entity<StepRow>(step =>
        {
            step.HasStorageParameter("fillfactor", 80);
            step.HasKey(row => new { row.ApplicationId, row.Step });
            step.Property(row => row.Region).HasMaxLength(13);
            // The few steps that somebody must act on, of all that there ever were.
            step.HasIndex(row => new { row.Region, row.Agency, row.Since }).HasFilter("waits_for IS NOT NULL")
                .HasDatabaseName("ix_steps_open");
            step.HasIndex(row => new { row.Region, row.Since }).HasFilter("matters <> '{}'")
                .HasDatabaseName("ix_steps_matters");
            step.HasIndex(row => new { row.Region, row.Agency, row.Status, row.ApplicationId });
            step.HasIndex(row => row.Requirements).HasMethod("gin").HasFilter("requirements <> '{}'");
            step.HasIndex(row => row.BillingCode).HasFilter("billing_code IS NOT NULL");
        });
        modelBuilder.Entity<EntryRow>(entry =>
        {
            entry.HasKey(row => new { row.ApplicationId, row.Sequence });
            entry.Property(row => row.Region).HasMaxLength(13);
            entry.HasIndex(row => row.Trace).HasFilter("trace IS NOT NULL");
            entry.HasIndex(row => new { row.Region, row.At });
            entry.HasIndex(row => new { row.Service, row.At }).HasFilter("seconds_with_agency IS NOT NULL")
                .HasDatabaseName("ix_entries_outcomes");
        });
        modelBuilder.Entity<ProcessRow>(process =>
        {
            process.HasKey(row => row.Process);
            process.Property(row => row.Process).ValueGeneratedNever();
            process.Property(row => row.Queues).HasColumnType("jsonb");
        });
        modelBuilder.Entity<SessionRow>().HasIndex(row => row.ExpiresAt);
        modelBuilder.Entity<ConsoleRecordRow>(record =>
        {
            record.HasIndex(row => new { row.Region, row.At });
            record.HasIndex(row => row.Number).HasFilter("number IS NOT NULL");
        });
        modelBuilder.AddMessaging();
    }
}
