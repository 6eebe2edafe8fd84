using System.Security.Claims;
using Microsoft.Extensions.Options;
using Mpp.Applications.Data;
using Mpp.Hosting.Clock;

namespace Mpp.Applications.Prechecks;

/// <summary>
/// Records for a year who asked about whom before anything was filed (UU 27/2022 art. 31 and 47), and limits how often.
/// </summary>
internal sealed class PrecheckRecord(
    ApplicationsDbContext database, IOptions<PrecheckOptions> options, TimeProvider time)
{
    public static readonly ProblemCode TooMany = new(
        "too-many-prechecks", StatusCodes.Status429TooManyRequests, "Asked too often");

    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    /// <summary>
    /// Records the question about each of the persons, or says why it may not be asked; then nothing is recorded.
    /// </summary>
    /// <param name="niks">In order, so that two questions do not wait for each other.</param>
    /// <param name="package">What would be filed.</param>
    /// <param name="region">Where.</param>
    /// <param name="http">The caller.</param>
    /// <param name="cancellationToken">The caller is gone.</param>
    public async Task<Problem?> TakeAsync(
        IReadOnlyList<string> niks, string package, RegionCode region, HttpContext http,
        CancellationToken cancellationToken)
    {
        var (now, client) = (time.Now(), http.User.ClientId() ?? "");
        var since = now - Window;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        foreach (var nik in niks)
        {
            // If two questions about one person come at once, the second counts the first.
            await database.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock(hashtextextended('precheck ' || {nik}, 0))", cancellationToken);
            if (await RetryAfterAsync(database.PrecheckRecords.Where(r => r.Nik == nik && r.At > since),
                options.Value.PerPersonADay, 1) is { } later)
            {
                return Refuse(http, later, "This person has been asked about too often today.");
            }
        }

        var most = options.Value.Clients.GetValueOrDefault(client, options.Value.PerClientADay);
        if (await RetryAfterAsync(database.PrecheckRecords.Where(r => r.Client == client && r.At > since),
            most, niks.Count) is { } full)
        {
            return Refuse(http, full, "This client has asked about too many people today.");
        }

        database.PrecheckRecords.AddRange(niks.Select(nik => new PrecheckRecordRow
        {
            At = now,
            Client = client,
            Subject = http.User.FindFirstValue("sub"),
            Nik = nik,
            Package = package,
            Region = region.Value,
        }));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;

        // How long until so many rows have left the window that there is room; null when there is room.
        async Task<TimeSpan?> RetryAfterAsync(IQueryable<PrecheckRecordRow> rows, int limit, int wanted)
        {
            var spare = await rows.OrderByDescending(r => r.At).Skip(limit - wanted).Select(r => (DateTimeOffset?)r.At)
                .FirstOrDefaultAsync(cancellationToken);
            return spare is { } oldest ? oldest + Window - now : null;
        }
    }

    private static Problem Refuse(HttpContext http, TimeSpan later, string detail)
    {
        http.Response.Headers.RetryAfter =
            Math.Max(1, (long)Math.Ceiling(later.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problem.Of(TooMany, detail);
    }
}
