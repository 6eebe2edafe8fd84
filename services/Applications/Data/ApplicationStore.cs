using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Mpp.Applications.Flow;
using Mpp.Contracts.Steps;
using Npgsql;

namespace Mpp.Applications.Data;

/// <summary>Applications as rows. What is added here is saved with the scope's <c>SaveChangesAsync</c>, in one round trip with inbox and outbox.</summary>
internal sealed class ApplicationStore(ApplicationsDbContext database)
{
    // Two statements, one round trip. Not one with a join: after waiting for the lock PostgreSQL reads the locked row anew, but what is
    // joined to it as it was before, and would miss the outputs that the other transaction has just committed.
    private const string Lock = "SELECT state FROM applications WHERE id = $1 FOR UPDATE";
    private const string Data = "SELECT part, content FROM personal_data WHERE application_id = $1";

    /// <summary>Locks an application until the end of the transaction and reads it; <see langword="null"/> when there is none.</summary>
    public async Task<ApplicationState?> LockAsync(Guid id, CancellationToken cancellationToken)
    {
        var transaction = database.Database.CurrentTransaction ?? throw new InvalidOperationException("A lock needs a transaction to last for.");
        await using var batch = new NpgsqlBatch((NpgsqlConnection)database.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction())
        {
            BatchCommands = { Command(Lock, id), Command(Data, id) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var state = FlowJson.ReadState(reader.GetString(0));
        await reader.NextResultAsync(cancellationToken);
        var parts = ImmutableDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            parts.Add(reader.GetString(0), JsonElement.Parse(reader.GetString(1)));
        }

        return state with { Dossier = new Dossier(parts.ToImmutable()) };
    }

    /// <summary>Adds a new application.</summary>
    public void Add(Decision decision, string client)
    {
        var row = new ApplicationRow { Id = decision.State.Id, Client = client };
        Fill(row, decision.State);
        database.Add(row);
        AddEntries(decision);
    }

    /// <summary>Writes what a decision changed, without reading the row again.</summary>
    public void Update(Decision decision)
    {
        if (decision.Entries.Count == 0)
        {
            return;
        }

        // Attached with its new values and marked, so that the fixed columns are neither read nor written.
        var row = new ApplicationRow { Id = decision.State.Id };
        Fill(row, decision.State);
        var entry = database.Attach(row);
        entry.Property(r => r.Status).IsModified = true;
        entry.Property(r => r.Stalled).IsModified = true;
        entry.Property(r => r.Sequence).IsModified = true;
        entry.Property(r => r.State).IsModified = true;
        entry.Property(r => r.UpdatedAt).IsModified = true;
        entry.Property(r => r.EndedAt).IsModified = true;
        AddEntries(decision);
        database.Changing = row.Id;
    }

    private void AddEntries(Decision decision)
    {
        foreach (var entry in decision.Entries)
        {
            database.Add(new TimelineRow
            {
                ApplicationId = decision.State.Id,
                Sequence = entry.Sequence,
                At = entry.At,
                Kind = FlowJson.Kind(entry.Event),
                Data = FlowJson.Write(entry.Event),
            });
            if (entry.Event is IHoldsPersonalData content)
            {
                database.Add(new PersonalDataRow { ApplicationId = decision.State.Id, Part = content.Part, Content = content.Content.GetRawText() });
            }
        }
    }

    private static void Fill(ApplicationRow row, ApplicationState state)
    {
        row.Number = state.Number.Value;
        row.Package = state.Package;
        row.PackageVersion = state.PackageVersion;
        row.Region = state.Region.Value;
        row.Channel = state.Channel;
        row.Status = state.Status;
        row.Stalled = state.Ended ? 0 : state.Steps.Count(s => s.Status is StepStatus.Stalled);
        row.Sequence = state.Sequence;
        row.State = FlowJson.Write(state);
        row.SubmittedAt = state.SubmittedAt;
        row.UpdatedAt = state.UpdatedAt;
        row.EndedAt = state.EndedAt;
    }

    private static NpgsqlBatchCommand Command(string sql, Guid id) => new(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } } };
}
