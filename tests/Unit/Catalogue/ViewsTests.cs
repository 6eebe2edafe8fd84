using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Catalogue.Http;
using Mpp.Catalogue.Loading;
using Mpp.Contracts.Packages;
using Mpp.Hosting.Json;
using Shouldly;

namespace Mpp.Unit.Catalogue;

public sealed class ViewsTests
{
    private readonly Representations _all = new(
        CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions")));

    [Theory]
    [InlineData("id", "Kelahiran", "NIK ibu")]
    [InlineData("en", "Birth of a child", "Mother's NIK")]
    public void A_package_is_shown_in_one_language_with_the_labels_of_its_form(
        string language, string title, string label)
    {
        var package = JsonNode.Parse(_all.Package("birth", language)!.Body)!;

        package["title"]!.GetValue<string>().ShouldBe(title);
        package["input"]!["properties"]!["mother"]!["properties"]!["nik"]!["title"]!.GetValue<string>().ShouldBe(label);
    }

    [Fact]
    public void A_package_shows_every_paper_fee_and_limit_at_the_start()
    {
        var package = JsonNode.Parse(_all.Package("job-seeker", "en")!.Body)!;
        var skck = package["steps"]!.AsArray().Single(s => s!["id"]!.GetValue<string>() == "skck")!;

        package["feeRupiah"]!.GetValue<long>().ShouldBe(30_000);
        package["retention"]!.ToJsonString().ShouldBe("""{"days":365}""");
        skck["agency"]!["code"]!.GetValue<string>().ShouldBe("police");
        skck["deadline"]!.ToJsonString().ShouldBe("""{"duration":1,"unit":"working-days","onLapse":"escalate"}""");
        skck["service"]!["requirements"]!.AsArray()
            .Select(r => r!["code"]!.GetValue<string>()).ShouldContain("jkn-active-or-proof");
        skck["service"]!["fees"]!.AsArray().Select(f => f!["amountRupiah"]!.GetValue<long>()).ShouldBe([30_000, 0]);
    }

    [Fact]
    public void An_unknown_package_is_no_answer() => _all.Package("marriage", "id").ShouldBeNull();

    [Fact]
    public void Each_language_has_a_tag_of_its_own_that_stays_while_the_content_stays()
    {
        _all.Packages("id").Tag.ShouldNotBe(_all.Packages("en").Tag);
        _all.Packages("id").Tag.ShouldBe(new Representations(
            CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions"))).Packages("id").Tag);
    }

    [Fact]
    public void The_coordinator_reads_back_every_definition()
    {
        var read = JsonSerializer.Deserialize<PublishedCatalogue>(_all.Definitions().Body, MppJson.Options)!;

        read.Packages.Select(p => (p.Code, p.Version)).ShouldBe(
            [("birth", 1), ("birth", 2), ("birth", 3), ("health-worker-licence", 1), ("health-worker-licence", 2),
                ("job-seeker", 1), ("job-seeker", 2), ("job-seeker", 3), ("lost-wallet", 1), ("lost-wallet", 2),
                ("start-business", 1), ("start-business", 2), ("start-business", 3)]);
        read.Packages[1].Owners.ShouldBe(["/input/mother/nik", "/input/father/nik"]);
        read.Packages[1].Steps.Single(s => s.Id == "newborn-enrolment").Corrections.ShouldBe(new(3, 28));
        read.Packages[0].Steps.Single(s => s.Id == "father-identity").When!.Exists.ShouldBe(true);
        read.Services.Count.ShouldBe(20);
    }
}
