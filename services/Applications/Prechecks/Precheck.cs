using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Applications.Submission;

namespace Mpp.Applications.Prechecks;

/// <summary>
/// Asks all agencies of a package at once what would be missing, so that nobody learns at the third counter that the
/// insurance is inactive. The answers are not stored; that the question was asked is recorded.
/// </summary>
internal sealed class Precheck(
    PackageDefinitions packages, CatalogueCopy catalogue, PrecheckRecord record, AgencyQuestions agencies,
    TimeProvider time)
{
    public async Task<IResult> AskAsync(
        string code, PrecheckRequest request, CallerRegion caller, string language, HttpContext http,
        CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (packages.Offered(code) is null)
        {
            await catalogue.RefreshOnMissAsync(cancellationToken);
        }

        if (packages.Offered(code) is not { } offered)
        {
            return Problem.Of(PrecheckPackage.NotThere,
                "GET /v1/packages lists the packages that there are.");
        }

        if (SubmissionCheck.RegionFault(request.Region, caller, out var region) is { } fault)
        {
            return fault;
        }

        var faults = offered.Form.Check(request.Input, time.Today(region));
        if (faults.Any(f => f.Code is not ErrorCodes.Missing))
        {
            return Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.",
                [.. faults.Where(f => f.Code is not ErrorCodes.Missing)]);
        }

        var dossier = Dossier.Of(request.Input);
        var steps = offered.Definition.Steps.Where(step => MayApply(step, dossier)).ToList();
        var standards = new Dictionary<string, PublishedStandard>(StringComparer.Ordinal);
        foreach (var service in steps.Select(step => step.Service))
        {
            standards[service] = await packages.StandardAsync(service, cancellationToken);
        }

        var persons = Persons.Of(steps, dossier, standards);
        if (await record.TakeAsync(persons.Niks, code, region, http, cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        var answers = await agencies.AskAsync(
            new(steps, persons, region, dossier, http.User.ClientId() ?? ""), cancellationToken);
        var foreseen = answers.Aggregate(
            dossier, (d, answer) => answer.Value?.Outputs is { } outputs ? d.Foreseeing(answer.Key, outputs) : d);
        var results = steps.Where(step => MayApply(step, foreseen))
            .Select(step => Result(
                step, answers.ContainsKey(step.Id), answers.GetValueOrDefault(step.Id)?.Preconditions, language))
            .ToList();
        var ready = faults.Count == 0 && results.TrueForAll(
            s => s.Answered && s.Requirements.All(r => r.Status is not PreconditionStatus.Missing));
        return TypedResults.Ok(new PrecheckResult(
            code, offered.Definition.Version, ready, [.. faults.Select(f => f.Pointer)], results));
    }

    /// <summary>True also for a condition on a result that nobody could foresee: it is known later.</summary>
    private static bool MayApply(StepDefinition step, Dossier dossier) =>
        StepInputs.Pointers(step.When).Any(p => p.StartsWith("/steps/", StringComparison.Ordinal)
            && dossier.Resolve(p) is null) || Conditions.Holds(step.When, dossier);

    private PrecheckStep Result(
        StepDefinition step, bool asked, IReadOnlyList<Precondition>? answer, string language)
    {
        var agency = Queues.OfAgency(step.Service);
        var texts = packages.Requirements(step.Service);
        var said = (answer ?? []).Select(p => new PrecheckItem(
            p.Requirement, (texts.GetValueOrDefault(p.Requirement) ?? new LocalizedText(p.Requirement, p.Requirement))
                .In(language), p.Status, p.Remedy?.In(language), StepInputs.InForm(step, p.Pointer)));
        var unsaid = texts.Where(t => (answer ?? []).All(p => p.Requirement != t.Key))
            .Select(t => new PrecheckItem(
                t.Key, t.Value.In(language), PreconditionStatus.KnownLater, Remedy: null, Pointer: null));
        return new(step.Id, step.Service, packages.Name(step.Service).In(language), agency,
            packages.Name(agency).In(language), asked, answer is not null, [.. said, .. unsaid]);
    }
}
