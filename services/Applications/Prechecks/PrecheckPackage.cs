using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Applications.Submission;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;
using Mpp.Hosting.Auth;
using Mpp.Hosting.Http;
using Mpp.Hosting.Problems;

namespace Mpp.Applications.Prechecks;

/// <summary>What would be filed; fields that the applicant does not have yet may be left out.</summary>
internal sealed record PrecheckRequest(string Region, JsonElement Input);

/// <summary>What stands for and against an application before it is filed.</summary>
/// <param name="Ready">Nothing is missing, and every agency has answered.</param>
/// <param name="MissingFields">Fields of the form that are still to be given: JSON Pointers into the request.</param>
/// <param name="Steps">Every step that may apply, with what its agency says.</param>
internal sealed record PrecheckResult(string Package, int PackageVersion, bool Ready, IReadOnlyList<string> MissingFields, IReadOnlyList<PrecheckStep> Steps);

/// <summary>One step's requirements.</summary>
/// <param name="Answered">Whether the agency answered in time. If not, its requirements are known later.</param>
internal sealed record PrecheckStep(
    string Id, string Service, string ServiceName, string Agency, string AgencyName, bool Answered, IReadOnlyList<PrecheckItem> Requirements);

/// <summary>A requirement.</summary>
/// <param name="Requirement">Its code in the service's published standard.</param>
/// <param name="Text">The requirement for people.</param>
/// <param name="Remedy">How to mend it, where it is missing.</param>
/// <param name="Pointer">The field at fault: a JSON Pointer into the request.</param>
internal sealed record PrecheckItem(string Requirement, string Text, PreconditionStatus Status, string? Remedy, string? Pointer);

/// <summary>
/// <c>POST /v1/packages/{code}/precheck</c>: asks all agencies of the package at once what would be missing, so that nobody learns at the third
/// counter that the insurance is inactive. Nothing is stored.
/// </summary>
internal sealed class PrecheckPackage(PackageDefinitions packages, CatalogueCopy catalogue, AgencyQuestions agencies)
{
    public static Task<IResult> Handle(
        string code, PrecheckRequest request, CallerRegion region, HttpContext http, PrecheckPackage precheck, CancellationToken cancellationToken) =>
        precheck.HandleAsync(code, request, region, Language.Of(http), http, cancellationToken);

    private async Task<IResult> HandleAsync(
        string code, PrecheckRequest request, CallerRegion caller, string language, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (packages.Offered(code) is null)
        {
            await catalogue.RefreshOnMissAsync(cancellationToken);
        }

        if (packages.Offered(code) is not { } offered)
        {
            return Problem.Of(ProblemCodes.UnknownPackage with { Status = StatusCodes.Status404NotFound }, "GET /v1/packages lists the packages that there are.");
        }

        if (SubmissionCheck.RegionFault(request.Region, caller, out var region) is { } fault)
        {
            return fault;
        }

        var faults = offered.Form.Check(request.Input);
        if (faults.Any(f => f.Code is not "missing"))
        {
            return Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", [.. faults.Where(f => f.Code is not "missing")]);
        }

        var dossier = Dossier.Of(request.Input);
        var steps = offered.Definition.Steps.Where(step => MayApply(step, dossier)).ToList();
        var answers = await agencies.AskAsync(steps, region, dossier, cancellationToken);
        var foreseen = answers.Aggregate(dossier, (d, answer) => answer.Value?.Outputs is { } outputs ? d.Foreseeing(answer.Key, outputs) : d);
        var results = steps.Where(step => MayApply(step, foreseen)).Select(step => Result(step, answers[step.Id]?.Preconditions, language)).ToList();
        var ready = faults.Count == 0 && results.TrueForAll(s => s.Answered && s.Requirements.All(r => r.Status is not PreconditionStatus.Missing));
        return TypedResults.Ok(new PrecheckResult(code, offered.Definition.Version, ready, [.. faults.Select(f => f.Pointer)], results));
    }

    /// <summary>A condition that reads a result which nobody could foresee is known later.</summary>
    private static bool MayApply(StepDefinition step, Dossier dossier) =>
        StepInputs.Pointers(step.When).Any(p => p.StartsWith("/steps/", StringComparison.Ordinal) && dossier.Resolve(p) is null) || Conditions.Holds(step.When, dossier);

    private PrecheckStep Result(StepDefinition step, IReadOnlyList<Precondition>? answer, string language)
    {
        var agency = Agencies.Of(step.Service);
        var texts = packages.Requirements(step.Service);
        var said = (answer ?? []).Select(p => new PrecheckItem(
            p.Requirement, (texts.GetValueOrDefault(p.Requirement) ?? new LocalizedText(p.Requirement, p.Requirement)).In(language), p.Status, p.Remedy?.In(language), Place(step, p.Pointer)));
        var unsaid = texts.Where(t => (answer ?? []).All(p => p.Requirement != t.Key))
            .Select(t => new PrecheckItem(t.Key, t.Value.In(language), PreconditionStatus.KnownLater, Remedy: null, Pointer: null));
        return new(step.Id, step.Service, packages.Name(step.Service).In(language), agency, packages.Name(agency).In(language), answer is not null, [.. said, .. unsaid]);
    }

    /// <summary>From a place in the step's inputs to the place in the request that it was taken from.</summary>
    private static string? Place(StepDefinition step, string? pointer) =>
        Acting.Changes.PlaceInInput(step, pointer) is { } place ? "/input" + place : null;
}
