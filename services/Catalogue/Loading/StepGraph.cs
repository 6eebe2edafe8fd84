namespace Mpp.Catalogue.Loading;

/// <summary>Which step waits for which.</summary>
internal sealed class StepGraph
{
    private readonly Dictionary<string, StepDefinition> _steps;
    private readonly Dictionary<string, HashSet<string>> _before;

    public StepGraph(IReadOnlyList<StepDefinition> steps)
    {
        _steps = steps.DistinctBy(s => s.Id).ToDictionary(s => s.Id, StringComparer.Ordinal);
        _before = _steps.Keys.ToDictionary(id => id, Collect, StringComparer.Ordinal);
    }

    public StepDefinition? Step(string id) => _steps.GetValueOrDefault(id);

    /// <summary>
    /// The steps that are over before this one starts: its needs and theirs. Holds the step itself when it is in a
    /// cycle.
    /// </summary>
    public IReadOnlySet<string> Before(string id) => _before[id];

    public bool IsInCycle(string id) => _before[id].Contains(id);

    /// <summary>Each cycle once, as the path from its first step back to it.</summary>
    public IEnumerable<IReadOnlyList<string>> Cycles()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in _steps.Keys.Where(id => IsInCycle(id) && !told.Contains(id)))
        {
            var path = PathBack(id);
            told.UnionWith(path);
            yield return path;
        }
    }

    private HashSet<string> Collect(string id)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Needs(id));
        while (open.TryPop(out var next))
        {
            if (found.Add(next))
            {
                foreach (var need in Needs(next))
                {
                    open.Push(need);
                }
            }
        }

        return found;
    }

    /// <summary>The shortest way from a step over its needs back to itself.</summary>
    private List<string> PathBack(string start)
    {
        var from = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var current))
        {
            foreach (var need in Needs(current))
            {
                if (need == start)
                {
                    var path = new List<string> { start };
                    for (var step = current; step != start; step = from[step])
                    {
                        path.Insert(0, step);
                    }

                    path.Insert(0, start);
                    return path;
                }

                if (from.TryAdd(need, current))
                {
                    open.Enqueue(need);
                }
            }
        }

        return [start];
    }

    private IEnumerable<string> Needs(string id) => _steps[id].Needs.Where(_steps.ContainsKey);
}
