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
    public void A_practice_licence_is_granted_when_five_working_days_pass_in_silence() =>
        Own.Find("health-worker-licence")!.Steps.Single(s => s.Service == "licensing/practice-licence").Deadline
            .ShouldBe(new(5, DeadlineUnit.WorkingDays, OnLapse.DeemGranted, 0.4));

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
        graph.Before("child-identity-card")
            .ShouldBe(["birth-certificate", "family-card", "mother-identity", "father-identity"], ignoreOrder: true);
    }
}
