using System.Text.Json;
using System.Text.RegularExpressions;
using Mpp.Applications.Flow;
using Mpp.Unit.Applications.Flow;

namespace Mpp.Unit.Architecture;

/// <summary>Ways from a state to another: as <c>docs/states.md</c> tells and draws them, and as they happen.</summary>
internal static partial class Ways
{
    /// <summary>Ways that happen, but seldom: the cases may not have them.</summary>
    private static readonly HashSet<string> Seldom =
    [
        "awaiting-applicant → submitted", "cancelling → awaiting-applicant",
        "requested → lapsed", "in-progress → lapsed", "stalled → lapsed",
        "awaiting-correction → refused", "awaiting-correction → skipped",
        "awaiting-correction → cancellation-refused", "cancelling → awaiting-correction", "awaiting-payment → refused",
        "awaiting-payment → cancellation-refused", "cancelling → lapsed",
    ];

    /// <summary>What happens and is not told, and what is told and does not happen.</summary>
    public static IEnumerable<string> Differences(IReadOnlyCollection<string> told, IReadOnlyCollection<string> seen) =>
    [
        .. seen.Except(told).Select(way => $"not told: {way}"),
        .. told.Except(seen).Except(Seldom).Select(way => $"does not happen: {way}"),
    ];

    /// <summary>
    /// What an entry of a timeline does to the status of its application and steps, over cases of the model test.
    /// Always the same cases: a way that is not told is found each time or never.
    /// </summary>
    public static (IReadOnlyCollection<string> Applications, IReadOnlyCollection<string> Steps) Seen(int cases)
    {
        var applications = new HashSet<string>(StringComparer.Ordinal);
        var steps = new HashSet<string>(StringComparer.Ordinal);
        var random = new Random(1);
        for (var i = 0; i < cases; i++)
        {
            var world = new World(new RandomPackage(NewTape()), NewTape());
            world.Run();
            var state = Evolution.Evolve(before: null, world.Timeline[0]);
            foreach (var entry in world.Timeline.Skip(1))
            {
                var before = state;
                state = Evolution.Evolve(before, entry);
                applications.Add(Way(before.Status, state.Status));
                steps.UnionWith(before.Steps.Zip(state.Steps, (was, now) => Way(was.Status, now.Status)));
            }
        }

        return ([.. applications.Where(Leads)], [.. steps.Where(Leads)]);

        Tape NewTape() => new([.. Enumerable.Range(0, random.Next(10, 150)).Select(_ => random.Next(10_000))]);
    }

    /// <summary>Rows of a table: a state in the first cell, and in the last all states that it can go to.</summary>
    public static IReadOnlyCollection<string> Told<T>(Document section) where T : struct, Enum
    {
        var states = Enum.GetValues<T>().Select(Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from row in section.CodeRows
               where states.Contains(row[0])
               from next in Document.SpansOf(row[^1])
               where states.Contains(next)
               select $"{row[0]} → {next}",
        ];
    }

    /// <summary>Arrows between states; Mermaid wants no hyphen in a name.</summary>
    public static IReadOnlyCollection<string> Drawn(Document section) =>
    [
        .. Arrow().Matches(section.Text)
            .Select(m => $"{m.Groups["from"].Value} → {m.Groups["to"].Value}".Replace('_', '-')),
    ];

    public static string Name<T>(T state) where T : struct, Enum =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    private static string Way<T>(T from, T to) where T : struct, Enum => $"{Name(from)} → {Name(to)}";

    private static bool Leads(string way) => way.Split(" → ") is [var from, var to] && from != to;

    [GeneratedRegex(@"^ *(?<from>\w+) --> (?<to>\w+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Arrow();
}
