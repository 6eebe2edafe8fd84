using Mpp.Operations.Access;
using Mpp.Operations.Data;

namespace Mpp.Operations.Records;

/// <summary>Writes down who did or saw what through the console, and why.</summary>
internal sealed class ConsoleRecords(OperationsDbContext database, TimeProvider time)
{
    /// <summary>The act of whoever wanted to see numbers that lead to a person.</summary>
    public const string Show = "show";

    public async Task AddAsync(
        Person person, string act, string? number, string? step, string region, string reason, string outcome,
        Guid together, CancellationToken cancellationToken)
    {
        database.Records.Add(new ConsoleRecordRow
        {
            At = time.Now(),
            Subject = person.Subject,
            Person = person.Name,
            Act = act,
            Number = number,
            Step = step,
            Region = region,
            Reason = reason,
            Outcome = outcome,
            Together = together,
        });
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What was recorded of an application, newest first.</summary>
    public Task<List<ConsoleRecordRow>> OfAsync(string number, CancellationToken cancellationToken) =>
        database.Records.AsNoTracking().Where(record => record.Number == number)
            .OrderByDescending(record => record.Id).Take(50).ToListAsync(cancellationToken);
}
