using System.Text.Json.Nodes;
using Mpp.Hosting.Description;

namespace Mpp.Catalogue.Http;

/// <summary>The packages that can be applied for.</summary>
internal sealed record PackageList(IReadOnlyList<PackageSummary> Packages);

/// <summary>A package in the list.</summary>
internal sealed record PackageSummary(
    string Code, int Version, string Title, string Description, IReadOnlyList<string> Agencies, long FeeRupiah);

/// <summary>
/// A package in full: what the applicant gives, and what each agency asks for, issues, takes and costs.
/// </summary>
/// <param name="Code">What <c>POST /v1/applications</c> takes as <c>package</c>.</param>
/// <param name="Version">The version that new applications are pinned to.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Description">What the applicant has in hand at the end.</param>
/// <param name="FeeRupiah">The sum of the fees, when every step applies.</param>
/// <param name="Input">JSON Schema of <c>input</c>; every field has its label as <c>title</c>.</param>
/// <param name="Retention">How long personal data are kept once the application has ended.</param>
/// <param name="Steps">Every step, with the papers that it needs.</param>
internal sealed record PackageView(
    string Code, int Version, string Title, string Description, long FeeRupiah, JsonObject Input, Retention Retention,
    IReadOnlyList<StepView> Steps);

/// <summary>A step of a package.</summary>
/// <param name="Id">Names the step in the application's timeline.</param>
/// <param name="Needs">The steps that are over before it starts.</param>
/// <param name="Conditional">Whether it depends on what the applicant gives, or on an earlier result, that the step
/// applies at all.</param>
/// <param name="Agency">Who does it.</param>
/// <param name="Service">What is done.</param>
/// <param name="Deadline">How long the agency has; absent where no limit is set.</param>
internal sealed record StepView(
    string Id, IReadOnlyList<string> Needs, bool Conditional, AgencyView Agency, ServiceView Service,
    StepDeadline? Deadline = null);

/// <summary>How long an agency has for a step.</summary>
/// <param name="Duration">More than 0.</param>
/// <param name="Unit">What the duration counts.</param>
/// <param name="OnLapse">What happens when it is over.</param>
internal sealed record StepDeadline(int Duration, DeadlineUnit Unit, OnLapse OnLapse);

/// <summary>The services of all agencies.</summary>
internal sealed record ServiceList(IReadOnlyList<ServiceView> Services);

/// <summary>The published standard of a service (UU 25/2009 art. 21).</summary>
/// <param name="Code"><c>agency/service</c>.</param>
/// <param name="Name">The name for people.</param>
/// <param name="FeeRupiah">0 when free; where <paramref name="Fees"/> lists several, the largest of them.</param>
/// <param name="Fees">Each amount, where the fee is not always the same; empty where it is.</param>
/// <param name="Documents">The kinds of documents that it issues.</param>
/// <param name="Requirements">What the agency asks for.</param>
/// <param name="LegalBasis">The rules that it rests on.</param>
internal sealed record ServiceView(
    [Word("service")] string Code, string Name, long FeeRupiah, IReadOnlyList<FeeView> Fees,
    IReadOnlyList<string> Documents,
    IReadOnlyList<RequirementView> Requirements, IReadOnlyList<string> LegalBasis);

/// <summary>One of several fees of a service, with when it is taken.</summary>
internal sealed record FeeView(string Code, string Text, long AmountRupiah);

/// <summary>A requirement; refusals and corrections name its code.</summary>
internal sealed record RequirementView(string Code, string Text, string? LegalBasis = null);

/// <summary>The agencies of the mall.</summary>
internal sealed record AgencyList(IReadOnlyList<AgencyView> Agencies);

/// <summary>An agency.</summary>
internal sealed record AgencyView(string Code, string Name);

/// <summary>Shows definitions in one language.</summary>
internal sealed class Views(Definitions catalogue, string language)
{
    public PackageList Packages() => new([.. catalogue.Latest.Select(p => new PackageSummary(
        p.Code, p.Version, p.Title.In(language), p.Description.In(language),
        [.. p.Steps.Select(s => Agency(s).Code).Distinct()], Fee(p)))]);

    public PackageView Package(PackageDefinition package) => new(
        package.Code, package.Version, package.Title.In(language), package.Description.In(language),
        Fee(package), Input(package), package.Retention, [.. package.Steps.Select(Step)]);

    public ServiceList Services() => new([.. catalogue.Services.Select(Service)]);

    public AgencyList Agencies() => new([.. catalogue.Agencies.Select(Agency)]);

    private StepView Step(StepDefinition step) => new(
        step.Id, step.Needs, step.When is not null, Agency(Agency(step)), Service(catalogue.Service(step.Service)),
        step.Deadline is { } deadline ? new StepDeadline(deadline.Duration, deadline.Unit, deadline.OnLapse) : null);

    private ServiceView Service(ServiceDefinition service) => new(
        service.Code, service.Name.In(language), service.FeeRupiah,
        [.. service.Fees.Select(f => new FeeView(f.Code, f.Text.In(language), f.AmountRupiah))], service.Documents,
        [.. service.Requirements.Select(r => new RequirementView(r.Code, r.Text.In(language), r.LegalBasis))],
        service.LegalBasis);

    private AgencyView Agency(AgencyDefinition agency) => new(agency.Code, agency.Name.In(language));

    private AgencyDefinition Agency(StepDefinition step) => catalogue.AgencyOf(catalogue.Service(step.Service));

    private long Fee(PackageDefinition package) => package.Steps.Sum(s => catalogue.Service(s.Service).FeeRupiah);

    private JsonObject Input(PackageDefinition package)
    {
        var schema = JsonObject.Create(package.Input.Clone())!;
        foreach (var (pointer, label) in package.Labels)
        {
            var field = pointer.Split('/')[1..].Aggregate(schema, (at, name) => at["properties"]![name]!.AsObject());
            field.Insert(0, "title", label.In(language));
        }

        return schema;
    }
}
