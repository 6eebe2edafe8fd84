using Mpp.Contracts.Packages;

namespace Mpp.Operations.OneApplication;

/// <summary>A step's place in the drawing, in units of the drawing.</summary>
public sealed record PlacedStep(string Id, int Column, int Row, double X, double Y);

/// <summary>A need: from the step that is needed to the one that needs it.</summary>
public sealed record PlacedEdge(string From, string To, string Path);

/// <summary>
/// A package as a drawing: steps in columns, each to the right of all that it needs; in a column near to what they
/// need. A pure function of the definition.
/// </summary>
public sealed record GraphLayout(
    double Width, double Height, IReadOnlyList<PlacedStep> Steps, IReadOnlyList<PlacedEdge> Edges)
{
    public const double NodeWidth = 200;
    public const double NodeHeight = 64;

    private const double ColumnGap = 56;
    private const double RowGap = 20;
    private const double Margin = 4;

    public static GraphLayout Of(IReadOnlyList<StepDefinition> steps)
    {
        var columns = Columns(steps);
        var rows = new Dictionary<string, double>(StringComparer.Ordinal);
        var placed = new List<PlacedStep>();
        var tallest = Math.Max(1, columns.Values.GroupBy(column => column).Max(column => column.Count()));
        foreach (var column in steps.Index().GroupBy(step => columns[step.Item.Id]).OrderBy(column => column.Key))
        {
            var members = column.OrderBy(s => s.Item.Needs.Where(rows.ContainsKey).Select(need => rows[need])
                .DefaultIfEmpty(s.Index).Average()).ThenBy(s => s.Index).Select(s => s.Item).ToList();
            var offset = (tallest - members.Count) / 2.0;
            foreach (var (row, step) in members.Index())
            {
                rows[step.Id] = row + offset;
                placed.Add(new PlacedStep(step.Id, column.Key, row,
                    Margin + column.Key * (NodeWidth + ColumnGap), Margin + (row + offset) * (NodeHeight + RowGap)));
            }
        }

        var places = placed.ToDictionary(step => step.Id, StringComparer.Ordinal);
        return new GraphLayout(
            2 * Margin + (columns.Values.Max() + 1) * (NodeWidth + ColumnGap) - ColumnGap,
            2 * Margin + tallest * (NodeHeight + RowGap) - RowGap,
            placed,
            [.. from step in steps
                from need in Direct(step, steps)
                select new PlacedEdge(need, step.Id, Curve(places[need], places[step.Id]))]);
    }

    /// <summary>How far a step is from the beginning, over the longest way.</summary>
    private static Dictionary<string, int> Columns(IReadOnlyList<StepDefinition> steps)
    {
        var known = steps.ToDictionary(step => step.Id, StringComparer.Ordinal);
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            Column(step);
        }

        return columns;

        int Column(StepDefinition step)
        {
            if (!columns.TryGetValue(step.Id, out var column))
            {
                column = step.Needs.Where(known.ContainsKey).Select(need => Column(known[need]) + 1)
                    .DefaultIfEmpty(0).Max();
                columns[step.Id] = column;
            }

            return column;
        }
    }

    /// <summary>A need that another need has too is not drawn: the way over the other one says it.</summary>
    private static IEnumerable<string> Direct(StepDefinition step, IReadOnlyList<StepDefinition> steps)
    {
        var known = steps.ToDictionary(s => s.Id, StringComparer.Ordinal);
        bool Needs(string from, string to) => known.TryGetValue(from, out var s)
            && s.Needs.Any(need => need == to || Needs(need, to));
        return step.Needs.Where(need => known.ContainsKey(need)
            && !step.Needs.Any(other => other != need && Needs(other, need)));
    }

    private static string Curve(PlacedStep from, PlacedStep to)
    {
        var (x1, y1) = (from.X + NodeWidth, from.Y + NodeHeight / 2);
        var (x2, y2) = (to.X, to.Y + NodeHeight / 2);
        var middle = (x2 - x1) / 2;
        return string.Create(CultureInfo.InvariantCulture,
            $"M{x1:0.#} {y1:0.#} C{x1 + middle:0.#} {y1:0.#} {x2 - middle:0.#} {y2:0.#} {x2:0.#} {y2:0.#}");
    }
}
