using Mpp.Catalogue.Loading;
using Mpp.Contracts.Packages;
using Shouldly;

namespace Mpp.Unit.Catalogue;

/// <summary>The definitions that the product comes with.</summary>
public sealed class OwnDefinitionsTests
{
    private static readonly Mpp.Catalogue.Definitions Own =
        CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions"));

    [Fact]
    public void They_have_no_fault_and_five_packages() =>
        Own.Latest.Select(p => p.Code).ShouldBe(
            ["birth", "health-worker-licence", "job-seeker", "lost-wallet", "start-business"], ignoreOrder: true);

    [Fact]
    public void Who_owns_an_application_is_known_for_every_package() => Own.Latest.ShouldAllBe(p => p.Owners.Count > 0);

    [Fact]
    public void A_practice_licence_takes_five_working_days_in_all_and_is_granted_when_they_pass_in_silence()
    {
        var steps = Own.Find("health-worker-licence")!.Steps;
        var recommendation = Deadline("health/practice-recommendation");
        var licence = Deadline("licensing/practice-licence");
        licence.OnLapse.ShouldBe(OnLapse.DeemGranted);
        (recommendation.Unit, licence.Unit).ShouldBe((DeadlineUnit.WorkingDays, DeadlineUnit.WorkingDays));
        (recommendation.Duration + licence.Duration).ShouldBe(5);

        StepDeadline Deadline(string service) => steps.Single(s => s.Service == service).Deadline!;
    }

    [Fact]
    public void A_lost_driving_licence_is_replaced_or_asked_about_whatever_the_form_says_of_its_class()
    {
        var step = Own.Find("lost-wallet")!.Steps.Single(s => s.Service == "police/driving-licence-reprint");
        step.When!.Any!.ShouldContain(c => c.Value == "/input/lost/drivingLicence" && c.OneOf![0].GetBoolean());
        step.Inputs["licenceClasses"].ShouldBe("/input/drivingLicence/classes");
    }

    [Fact]
    public void Every_risk_of_a_business_has_what_it_needs_beside_the_NIB()
    {
        var nib = Own.Service("licensing/business-identification-number").Output;
        var risks = nib.GetProperty("properties").GetProperty("riskLevel").GetProperty("enum").EnumerateArray()
            .Select(r => r.GetString());
        var met = Own.Find("start-business")!.Steps.Where(s => s.When?.Value == "/steps/nib/riskLevel")
            .SelectMany(s => s.When!.OneOf!).Select(r => r.GetString());
        risks.Except(met).ShouldBe(["low"]);
    }

    [Fact]
    public void Registers_store_names_as_the_civil_registry_has_them()
    {
        string[] fields = ["name", "ownerName"];
        var mappings = from package in Own.Latest
                       from step in package.Steps
                       where step.Service != "civil-registry/identity-verification"
                       from input in step.Inputs
                       where fields.Contains(input.Key)
                       select (package.Code, step.Id, input.Value);
        mappings.ShouldNotBeEmpty();
        mappings.ShouldAllBe(m => m.Value.StartsWith("/steps/") && m.Value.EndsWith("identity/name"));
    }

    [Fact]
    public void None_of_the_replacements_for_a_lost_wallet_waits_for_another()
    {
        var graph = new StepGraph(Own.Find("lost-wallet")!.Steps);
        foreach (var step in Own.Find("lost-wallet")!.Steps.Where(s => s.Needs.Contains("loss-report")))
        {
            graph.Before(step.Id).ShouldBe(["loss-report", "identity"], ignoreOrder: true);
            step.OnRefused.ShouldBe(OnRefused.SkipDependents);
        }
    }

    [Fact]
    public void Every_agency_takes_part_in_a_package()
    {
        var used = Own.Latest.SelectMany(p => p.Steps)
            .Select(s => Own.AgencyOf(Own.Service(s.Service)).Code).Distinct();
        used.ShouldBe(["civil-registry", "bpjs", "police", "licensing", "health"], ignoreOrder: true);
    }

    [Fact]
    public void Every_service_is_used_and_names_the_law_it_rests_on()
    {
        var used = Own.Latest.SelectMany(p => p.Steps).Select(s => s.Service).ToHashSet();
        Own.Services.ShouldAllBe(s => used.Contains(s.Code) && s.LegalBasis.Count > 0);
    }

    [Fact]
    public void A_birth_enrols_the_baby_in_JKN_while_the_civil_registry_works_on_the_certificate()
    {
        var graph = new StepGraph(Own.Find("birth")!.Steps);
        graph.Before("newborn-enrolment").ShouldBe(["mother-identity"]);
        graph.Before("newborn-nik").ShouldContain("birth-certificate", "BPJS is told of the NIK");
        graph.Before("child-identity-card")
            .ShouldBe(["birth-certificate", "family-card", "mother-identity", "father-identity"], ignoreOrder: true);
    }
}
