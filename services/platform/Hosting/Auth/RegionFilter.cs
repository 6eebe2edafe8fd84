using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Mpp.Hosting.Auth;

/// <summary>Rows of the regions that a caller covers.</summary>
public static class RegionFilter
{
    /// <summary>Leaves out what lies outside the caller's region; nothing is left for a caller without one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="caller">Whose region.</param>
    /// <param name="region">The column with the region's code.</param>
    public static IQueryable<T> Within<T>(
        this IQueryable<T> rows, CallerRegion caller, Expression<Func<T, string?>> region)
    {
        if (caller.IsEverywhere)
        {
            return rows;
        }

        var (own, below) = (caller.Region?.Value ?? "", $"{caller.Region?.Value}.");
        Expression<Func<string, bool>> covered = code => code == own || code.StartsWith(below);
        var body = ReplacingExpressionVisitor.Replace(covered.Parameters[0], region.Body, covered.Body);
        return rows.Where(Expression.Lambda<Func<T, bool>>(body, region.Parameters));
    }
}
