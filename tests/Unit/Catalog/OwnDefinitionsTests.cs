using Mpp.Catalog.Loading;
using Shouldly;

namespace Mpp.Unit.Catalog;

/// <summary>The definitions that the product comes with.</summary>
public sealed class OwnDefinitionsTests
{
    private static readonly Mpp.Catalog.Catalogue Own = CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions"));

    [Fact]
    public void They_have_no_fault_and_three_packages() => Own.Latest.Select(p => p.Code).ShouldBe(["birth", "job-seeker", "start-business"]);

    [Fact]
    public void Every_agency_takes_part_in_a_package()
    {
        var used = Own.Latest.SelectMany(p => p.Steps).Select(s => Own.AgencyOf(Own.Service(s.Service)).Code).Distinct();
        used.ShouldBe(["civil-registry", "bpjs", "police", "licensing"], ignoreOrder: true);
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
        graph.Before("child-identity-card").ShouldBe(["birth-certificate", "family-card", "mother-identity", "father-identity"], ignoreOrder: true);
    }
}
