using Mpp.Applications.Flow;
using Mpp.Applications.Packages;

namespace Mpp.Applications.Prechecks;

/// <summary>
/// Whom a form is about. A service of the package confirms who they are (<see cref="ServiceDefinition.Identifies"/>): a
/// caller who knows only a NIK has no reason to know anything else.
/// </summary>
/// <param name="Known">The package is about somebody.</param>
/// <param name="Niks">Of those whom the form names, in order.</param>
/// <param name="Confirming">The steps that confirm them.</param>
internal sealed record Persons(bool Known, IReadOnlyList<string> Niks, IReadOnlyList<StepDefinition> Confirming)
{
    /// <param name="steps">The steps that may apply.</param>
    /// <param name="dossier">The form.</param>
    /// <param name="standards">The standards of the services of all the steps.</param>
    public static Persons Of(
        IReadOnlyList<StepDefinition> steps, Dossier dossier, IReadOnlyDictionary<string, PublishedStandard> standards)
    {
        var confirming = (
            from step in steps
            let field = standards[step.Service].Definition.Identifies
            where field is not null && step.Inputs.ContainsKey(field)
            select (Step: step, Nik: dossier.Resolve(step.Inputs[field])?.GetString())).ToList();
        return new(
            confirming.Count > 0,
            [.. confirming.Select(c => c.Nik).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            [.. confirming.Where(c => c.Nik is not null).Select(c => c.Step)]);
    }

    /// <summary>Whether others may be asked: everybody who is named is confirmed.</summary>
    /// <param name="answers">By step; <see langword="null"/> if none came.</param>
    public bool Confirmed(IReadOnlyDictionary<string, PreconditionsChecked?> answers) =>
        !Known || (Confirming.Count > 0 && Confirming.All(step =>
            answers[step.Id] is { Preconditions: { Count: > 0 } said }
            && said.All(p => p.Status is PreconditionStatus.Fulfilled)));
}
