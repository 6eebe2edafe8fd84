using System.Diagnostics;
using Mpp.Applications.Data;

namespace Mpp.Applications.Reading;

/// <summary>
/// Finds an application for a caller. An application of another region is not there for this caller, whatever its
/// number. Who looks leaves the number in the span as a reader (<see cref="TelemetryTags.ApplicationRead"/>).
/// </summary>
internal sealed class ApplicationAccess(ApplicationsDbContext database)
{
    public async Task<ApplicationRow?> FindAsync(
        string number, CallerRegion caller, CancellationToken cancellationToken)
    {
        if (!ApplicationNumber.TryParse(number, provider: null, out var parsed))
        {
            return null;
        }

        var row = await database.Applications.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Number == parsed.Value, cancellationToken);
        if (row is null || !caller.Covers(RegionCode.Parse(row.Region)))
        {
            return null;
        }

        Activity.Current?.SetTag(TelemetryTags.ApplicationRead, row.Number);
        return row;
    }
}
