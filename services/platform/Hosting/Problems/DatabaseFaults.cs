using System.Data.Common;

namespace Mpp.Hosting.Problems;

/// <summary>
/// What a failed statement says: that the database is away or full, or that something is wrong with us.
/// </summary>
internal static class DatabaseFaults
{
    /// <summary>
    /// Whether the same request may well succeed in a moment: the database is away, restarts, has no connection left
    /// (its limit, or this process's pool), or broke a deadlock.
    /// </summary>
    public static bool IsPassing(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is DbException { IsTransient: true })
            {
                return true;
            }
        }

        return false;
    }
}
