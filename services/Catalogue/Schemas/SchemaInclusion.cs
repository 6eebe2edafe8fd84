namespace Mpp.Catalogue.Schemas;

/// <summary>
/// Whether one schema lets everything through that another lets through: what the applicant may write, or an agency may
/// answer, must be what the next agency takes. A doubt counts as a no, so that no agency refuses the fields of a
/// mapping that loads.
/// </summary>
internal static class SchemaInclusion
{
    /// <summary>
    /// Why some value of <paramref name="source"/> may be refused by <paramref name="target"/>; <see langword="null"/>
    /// when none is.
    /// </summary>
    public static string? Mismatch(Schema source, Schema target)
    {
        if (source.Types.Count == 0 || target.Types.Count == 0)
        {
            return null; // The schema itself has a fault, and that is reported at its own place.
        }

        bool Taken(string t) => target.Types.Contains(t) || (t == "integer" && target.Types.Contains("number"));
        if (source.Types.FirstOrDefault(t => !Taken(t)) is { } type)
        {
            return $"the source may be of type {type}, the agency takes {string.Join(" or ", target.Types)}";
        }

        if (source.Enum is { } values)
        {
            return values.FirstOrDefault(v => !target.Accepts(v)) is { ValueKind: not JsonValueKind.Undefined } value
                ? $"the source may be {value.GetRawText()}, which the agency does not take"
                : null;
        }

        return target.Enum is not null ? "the agency takes listed values only, the source may be any"
            : target.Format is { } format && source.Format != format
                ? $"the agency takes the format {format}, the source {source.Format ?? "any"}"
            : target.Pattern is { } pattern && !Alternatives(source.Pattern).All(Alternatives(pattern).Contains)
                ? $"the agency takes the pattern {pattern}, the source {source.Pattern ?? "any"}"
            : target.Format == "date" && !target.Range.Includes(source.Range)
                ? $"the agency takes dates from {target.Range.Earliest} to {target.Range.Latest}, the source may be "
                    + $"from {source.Range.Earliest} to {source.Range.Latest}"
            : Limit(source, target) ?? Members(source, target);
    }

    /// <summary>
    /// What <c>^(?:a|b)$</c> lets one choose from, as patterns of their own; any other pattern is its only choice.
    /// </summary>
    private static IReadOnlyList<string> Alternatives(string? pattern) =>
        pattern is null ? [""]
        : pattern.StartsWith("^(?:", StringComparison.Ordinal) && pattern.EndsWith(")$", StringComparison.Ordinal)
            && !pattern[4..^2].AsSpan().ContainsAny('(', ')', '\\')
            ? [.. pattern[4..^2].Split('|').Select(choice => $"^{choice}$")]
            : [pattern];

    private static string? Limit(Schema source, Schema target) =>
        target.Minima.Where(m => !source.Minima.TryGetValue(m.Key, out var minimum) || minimum < m.Value)
            .Select(m => $"the agency takes a {m.Key} of at least {m.Value}, the source may have less").FirstOrDefault()
        ?? target.Maxima.Where(m => !source.Maxima.TryGetValue(m.Key, out var maximum) || maximum > m.Value)
            .Select(m => $"the agency takes a {m.Key} of at most {m.Value}, the source may have more").FirstOrDefault();

    private static string? Members(Schema source, Schema target)
    {
        if (target.Required.FirstOrDefault(r => !source.Required.Contains(r)) is { } missing)
        {
            return $"the agency requires '{missing}', which the source may lack";
        }

        foreach (var (name, member) in source.Properties)
        {
            if (!target.Properties.TryGetValue(name, out var taker))
            {
                return $"the source may have '{name}', which the agency does not know";
            }

            if (Mismatch(member, taker) is { } mismatch)
            {
                return $"in '{name}' {mismatch}";
            }
        }

        return source.Items is { } items && target.Items is { } takers && Mismatch(items, takers) is { } item
            ? $"in an item {item}"
            : null;
    }
}
