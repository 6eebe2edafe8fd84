using Microsoft.EntityFrameworkCore;
using Mpp.Contracts.Steps;

namespace Mpp.Peers.Agencies;

/// <summary>An agency's tables. Wolverine's envelopes are in the model too.</summary>
public sealed class AgencyDb(DbContextOptions<AgencyDb> options) : DbContext(options)
{
    private const string Serials = "register_serials";

    // The row and the step's earlier answer come in one round trip.
    private static readonly Func<
        AgencyDb, string, Guid, string, int, CancellationToken, Task<Found<Person>?>> FindPerson =
        EF.CompileAsyncQuery(
            (AgencyDb db, string nik, Guid application, string step, int attempt, CancellationToken _) => db
                .Set<Person>().Where(p => p.Nik == nik)
                .Select(p => new Found<Person>(p, db.Set<StepRow>()
                    .Where(s => s.ApplicationId == application && s.StepId == step && s.Attempt == attempt)
                    .Select(s => s.Answer).FirstOrDefault()))
                .SingleOrDefault());

    private static readonly Func<
        AgencyDb, string, Guid, string, int, CancellationToken, Task<Found<RegisterEntry>?>> FindEntry =
        EF.CompileAsyncQuery(
            (AgencyDb db, string nik, Guid application, string step, int attempt, CancellationToken _) => db
                .Set<RegisterEntry>().Where(e => e.Nik == nik)
                .Select(e => new Found<RegisterEntry>(e, db.Set<StepRow>()
                    .Where(s => s.ApplicationId == application && s.StepId == step && s.Attempt == attempt)
                    .Select(s => s.Answer).FirstOrDefault()))
                .SingleOrDefault());

    public async Task<Found<Person>> PersonAsync(string nik, StepRef step, CancellationToken cancellationToken) =>
        await FindPerson(this, nik, step.ApplicationId, step.StepId, step.Attempt, cancellationToken)
            ?? throw new InvalidOperationException("The NIK is in no register.");

    public async Task<Found<RegisterEntry>> EntryAsync(
        string nik, StepRef step, CancellationToken cancellationToken) =>
        await FindEntry(this, nik, step.ApplicationId, step.StepId, step.Attempt, cancellationToken)
            ?? throw new InvalidOperationException("Nothing was registered for the NIK.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasSequence<long>(Serials).IncrementsBy(32);
        modelBuilder.Entity<Person>(person =>
        {
            person.ToTable("persons");
            person.HasKey(p => p.Nik);
        });
        modelBuilder.Entity<RegisterEntry>(entry =>
        {
            entry.ToTable("register_entries");
            entry.HasKey(e => e.Serial);
            entry.Property(e => e.Serial).UseHiLo(Serials);
            entry.Property(e => e.Details).HasColumnType("jsonb");
            entry.HasIndex(e => e.Number).IsUnique();
            entry.HasIndex(e => e.Nik);
            entry.HasIndex(e => new { e.ApplicationId, e.StepId }).IsUnique();
        });
        modelBuilder.Entity<StepRow>(step =>
        {
            step.ToTable("steps");
            step.HasKey(s => new { s.ApplicationId, s.StepId, s.Attempt });
            step.Property(s => s.Answer).HasColumnType("jsonb");
        });
    }
}
