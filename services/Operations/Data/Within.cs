using Npgsql;

namespace Mpp.Operations.Data;

/// <summary>The caller's region as a condition of a hand-written query; nothing for a caller without one.</summary>
internal static class Within
{
    /// <summary>The condition on a column.</summary>
    /// <param name="caller">Whose region.</param>
    /// <param name="column">The column with a region's code.</param>
    /// <param name="parameters">Takes the values; the condition numbers them after those that are there.</param>
    public static string Sql(CallerRegion caller, string column, NpgsqlParameterCollection parameters)
    {
        if (caller.IsEverywhere)
        {
            return "TRUE";
        }

        if (caller.Region is not { } region)
        {
            return "FALSE";
        }

        var number = parameters.Count + 1;
        parameters.Add(new NpgsqlParameter<string> { TypedValue = region.Value });
        return $"({column} = ${number} OR {column} LIKE ${number} || '.%')";
    }
}
