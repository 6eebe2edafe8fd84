using Microsoft.EntityFrameworkCore;
using Mpp.Applications.Data;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>What makes the writes of each message cheap.</summary>
[Collection(CoordinatorTests.Name)]
public sealed class StorageTests(CoordinatorFixture fixture)
{
    [Fact]
    public async Task A_message_changes_its_application_in_place_and_no_index()
    {
        var number = await fixture.Client.SubmitAsync(Submissions.Test("one-step"));
        var asked = await fixture.Agencies.AskedAsync(number, "only");
        var before = await ColumnsAsync(number);
        await fixture.Agencies.ReplyAsync(new StepAccepted { Step = asked.Step, AgencyFileNumber = "F-1" });
        await fixture.Agencies.CompleteAsync(number, "only");
        await fixture.Client.UntilAsync(number, "completed");

        var changed = (await ColumnsAsync(number))
            .Where(column => before[column.Key] != column.Value).Select(column => column.Key).ToList();

        changed.ShouldContain("state");
        // PostgreSQL writes all indexes anew when a column changes that one of them has, in its filter too.
        var indexes = string.Join('\n', await fixture.ReadAsync(d => d.Database.SqlQuery<string>(
            $"SELECT indexdef AS \"Value\" FROM pg_indexes WHERE tablename = 'applications'").ToListAsync()));
        indexes.ShouldContain("WHERE (worklist > 0)");
        changed.Where(column => indexes.Contains($"({column}") || indexes.Contains($" {column}"))
            .ShouldBeEmpty(indexes);
    }

    private Task<Dictionary<string, string?>> ColumnsAsync(string number) => fixture.ReadAsync(async database =>
    {
        var row = await database.Set<ApplicationRow>().AsNoTracking().SingleAsync(a => a.Number == number);
        var entry = database.Entry(row);
        return entry.Properties.ToDictionary(
            p => p.Metadata.GetColumnName(), p => p.CurrentValue?.ToString(), StringComparer.Ordinal);
    });
}
