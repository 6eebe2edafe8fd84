using Mpp.Catalogue.Faults;

namespace Mpp.Catalogue.Loading;

/// <summary>
/// Checks a step's <c>when</c> against the schemas, and finds out what it says about the fields behind it.
/// </summary>
internal static class ConditionCheck
{
    /// <summary>Reports what is wrong in a condition. <see langword="true"/> when it can hold.</summary>
    public static bool CanHold(StepCondition condition, StepDefinition step, Sources sources, Place place)
    {
        if (condition.All is { } all)
        {
            return all.Select((c, i) => CanHold(c, step, sources, place.At("all").At(i))).ToList().TrueForAll(h => h);
        }

        if (condition.Any is { } any)
        {
            return any is []
                || any.Select((c, i) => CanHold(c, step, sources, place.At("any").At(i))).ToList().Exists(h => h);
        }

        if (condition.Not is { } not)
        {
            CanHold(not, step, sources, place.At("not"));
            return true;
        }

        if (condition.Value is not { Length: > 0 } pointer
            || sources.Resolve(pointer, step, place.At("value")) is not { } source || source.Schema.Types.Count == 0)
        {
            return true; // The fault is reported; whether the condition could hold is not known.
        }

        if (condition.AtLeast is not null && !source.Schema.Types.Any(t => t is "number" or "integer"))
        {
            place.At("atLeast")
                .Report(FaultKind.TypeMismatch, $"{pointer} is {string.Join(" or ", source.Schema.Types)}, no number.");
        }

        var impossible = condition.OneOf?.Index().Where(v => !source.Schema.Accepts(v.Item)).ToList() ?? [];
        foreach (var (index, value) in impossible)
        {
            place.At("oneOf").At(index).Report(FaultKind.TypeMismatch, $"{pointer} can never be {value.GetRawText()}.");
        }

        return condition switch
        {
            { OneOf: { Count: > 0 } values } => impossible.Count < values.Count,
            { AtLeast: { } least } => !source.Schema.Maxima.TryGetValue("value", out var maximum) || maximum >= least,
            { Exists: false } => source.Uncertain.Count > 0 || source.Schema.Types.Contains("null"),
            _ => true,
        };
    }

    /// <summary>
    /// The pointers that have a value whenever the condition holds, with everything on the way to them.
    /// </summary>
    public static IEnumerable<string> Guarantees(StepCondition? condition) => condition switch
    {
        { All: { } all } => all.SelectMany(Guarantees),
        { Any: { Count: > 0 } any } =>
            any.Skip(1).Aggregate(Guarantees(any[0]), (sure, c) => sure.Intersect(Guarantees(c))),
        { Value: { Length: > 0 } pointer } and ({ Exists: true } or { AtLeast: not null } or { OneOf: not null }) =>
            Prefixes(pointer),
        _ => [],
    };

    private static IEnumerable<string> Prefixes(string pointer) =>
        Enumerable.Range(0, pointer.Length + 1)
            .Where(i => i == pointer.Length || (i > 0 && pointer[i] == '/')).Select(i => pointer[..i]);
}
