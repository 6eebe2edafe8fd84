using Microsoft.EntityFrameworkCore;

namespace Mpp.Peers.Coordinator;

/// <summary>The coordinator's tables. Wolverine's envelopes are in the model too.</summary>
public sealed class CoordinatorDb(DbContextOptions<CoordinatorDb> options) : DbContext(options)
{
    private static readonly Func<CoordinatorDb, Guid, CancellationToken, Task<Application?>> FindApplication =
        EF.CompileAsyncQuery((CoordinatorDb db, Guid id, CancellationToken cancellationToken) =>
            db.Set<Application>().Include(a => a.Steps).SingleOrDefault(a => a.Id == id));

    /// <summary>An application with its steps, in one round trip.</summary>
    public Task<Application?> FindApplicationAsync(Guid id, CancellationToken cancellationToken) =>
        FindApplication(this, id, cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Application>(application =>
        {
            application.ToTable("applications");
            application.HasStorageParameter("fillfactor", 70);
            application.HasIndex(a => a.Number).IsUnique();
            application.Property(a => a.Id).ValueGeneratedNever();
            application.Property(a => a.Input).HasColumnType("json");
            application.Property(a => a.Version).IsRowVersion();
            application.HasMany(a => a.Steps).WithOne().HasForeignKey(s => s.ApplicationId);
        });
        modelBuilder.Entity<Step>(step =>
        {
            step.ToTable("steps");
            step.HasStorageParameter("fillfactor", 70);
            step.HasKey(s => new { s.ApplicationId, s.StepId });
            step.Property(s => s.Outputs).HasColumnType("json");
            step.Property(s => s.Documents).HasColumnType("jsonb");
        });
        modelBuilder.Entity<TimelineEntry>(entry =>
        {
            entry.ToTable("timeline");
            entry.HasKey(e => new { e.ApplicationId, e.Sequence });
            entry.Property(e => e.Data).HasColumnType("jsonb");
        });
    }
}
