using Microsoft.AspNetCore.Http.HttpResults;
using Mpp.Operations.Access;
using Mpp.Operations.Troubles;

namespace Mpp.Operations.Now;

/// <summary><c>GET /console/now</c>; with <c>?wall=1</c> for a screen on the wall.</summary>
internal static class NowEndpoint
{
    public static async Task<RazorComponentResult<NowPage>> Handle(
        int? wall, Person person, NowQueries queries, TimeProvider time, CancellationToken cancellationToken)
    {
        var figures = await queries.ReadAsync(person.Region, cancellationToken);
        var machine = TimeProvider.System.GetUtcNow();
        return new RazorComponentResult<NowPage>(new
        {
            Figures = figures,
            Person = person,
            Troubles = ProcessTroubles.Of(
                [.. figures.Processes.Select(p => ServiceHealth.Watched(p, machine))]).ToList(),
            Now = time.GetUtcNow(),
            Machine = machine,
            IsWall = wall == 1,
        });
    }
}
