using System.Reflection;
using System.Text.Json.Serialization;

namespace Mpp.Agency;

/// <summary>
/// A value that a rule of law sets, with the days in which it holds. Rules change: what was issued stands under the
/// rule of its day.
/// </summary>
/// <param name="From">First day.</param>
/// <param name="Value">What holds.</param>
/// <param name="LegalBasis">The rule, for example <c>PP 76/2020</c>.</param>
/// <param name="Until">Last day; <see langword="null"/> as long as no end is set.</param>
public sealed record RulePeriod<T>(DateOnly From, T Value, string LegalBasis, DateOnly? Until = null);

/// <summary>Asking a rule for the value of a day.</summary>
public static class RulePeriods
{
    /// <summary>What holds on a day; <see langword="null"/> when nothing does.</summary>
    /// <param name="periods">The rule's history.</param>
    /// <param name="day">The day in question, in the region's local time.</param>
    public static RulePeriod<T>? On<T>(this IReadOnlyList<RulePeriod<T>> periods, DateOnly day)
    {
        foreach (var period in periods)
        {
            if (period.From <= day && (period.Until is not { } until || day <= until))
            {
                return period;
            }
        }

        return null;
    }

    /// <summary>What holds on a day.</summary>
    /// <param name="periods">The rule's history.</param>
    /// <param name="day">The day in question, in the region's local time.</param>
    /// <exception cref="InvalidOperationException">Nothing holds on that day: the rule's data has a hole.</exception>
    public static RulePeriod<T> RequiredOn<T>(this IReadOnlyList<RulePeriod<T>> periods, DateOnly day) =>
        periods.On(day)
        ?? throw new InvalidOperationException($"No value of type {typeof(T).Name} is in force on {day:yyyy-MM-dd}.");

    /// <summary>Refuses periods that end before they begin, or of which two hold on the same day.</summary>
    /// <param name="periods">The rule's history.</param>
    /// <param name="name">The rule's name, for the message.</param>
    /// <exception cref="InvalidOperationException">Says which period is at fault.</exception>
    public static void Check<T>(this IReadOnlyList<RulePeriod<T>> periods, string name)
    {
        DateOnly? free = DateOnly.MinValue;
        foreach (var period in periods.OrderBy(p => p.From))
        {
            if (period.Until < period.From || free is null || period.From < free)
            {
                throw new InvalidOperationException($"Rule {name}: the period from {period.From:yyyy-MM-dd} "
                    + "ends before it begins, or overlaps with an earlier one.");
            }

            free = period.Until?.AddDays(1);
        }
    }
}

/// <summary>Data files that come with a service, embedded under their file name.</summary>
public static class DataFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads a JSON data file. Comments are allowed, unknown fields are not.</summary>
    /// <param name="assembly">The service.</param>
    /// <param name="name">The file's name.</param>
    /// <exception cref="InvalidOperationException">The file is missing or does not fit, with the place
    /// of the fault.</exception>
    public static T Load<T>(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no data file {name}.");
        try
        {
            return JsonSerializer.Deserialize<T>(stream, Options)
                ?? throw new InvalidOperationException($"{name} is empty.");
        }
        catch (JsonException fault)
        {
            throw new InvalidOperationException($"{name}: {fault.Message}", fault);
        }
    }
}
