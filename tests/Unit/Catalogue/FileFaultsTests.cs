using System.Text;
using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Loading;
using Shouldly;
using static Mpp.Unit.Catalogue.DefinitionSet;

namespace Mpp.Unit.Catalogue;

/// <summary>Faults that one file alone shows.</summary>
public sealed class FileFaultsTests
{
    [Fact]
    public void A_set_without_fault_loads() =>
        CatalogueLoader.Load(new DefinitionSet().Files()).Latest.Single().Code.ShouldBe("trip");

    [Fact]
    public void Malformed_JSON_is_reported_with_its_line()
    {
        var files = new DefinitionSet().Files();
        files[Package] = Encoding.UTF8.GetBytes("{\n  \"code\": trip\n}");
        FaultsOf(files).ShouldHaveOne(FaultKind.MalformedJson, Package, "", "line 2");
    }

    [Fact]
    public void A_property_that_is_there_twice_is_malformed()
    {
        var files = new DefinitionSet().Files();
        files["agencies.json"] = Encoding.UTF8.GetBytes("""{"agencies":[],"agencies":[]}""");
        FaultsOf(files).ShouldContain(f => f.Kind == FaultKind.MalformedJson && f.File == "agencies.json");
    }

    [Fact]
    public void A_file_that_is_no_definition_is_reported()
    {
        var files = new DefinitionSet().Files();
        files["package/trip.v2.json"] = files[Package];
        FaultsOf(files).ShouldHaveOne(FaultKind.UnexpectedFile, "package/trip.v2.json", "", "left out silently");
    }

    [Fact]
    public void A_file_with_another_name_than_its_code_is_reported()
    {
        var files = new DefinitionSet().Files();
        files["packages/journey.v1.json"] = files[Package];
        files.Remove(Package);
        FaultsOf(files)
            .ShouldHaveOne(FaultKind.UnexpectedFile, "packages/journey.v1.json", "/code", "packages/trip.v1.json");
    }

    [Fact]
    public void A_missing_list_of_agencies_is_reported() =>
        new DefinitionSet().WithoutFile("agencies.json")
            .Faults().ShouldContain(f => f.Kind == FaultKind.MissingFile && f.File == "agencies.json");

    [Theory]
    [InlineData("""[{ "code": "a", "text": { "id": "A", "en": "A" }, "amountRupiah": 5 }]""", "/feeRupiah", "largest")]
    [InlineData(
        """[{ "code": "a", "text": { "id": "A", "en": "A" }, "amountRupiah": -1 }]""", "/fees/0/amountRupiah", "0")]
    public void Several_fees_are_listed_with_the_largest_of_them(string fees, string pointer, string reason) =>
        new DefinitionSet().With(Check, "/feeRupiah", "7").With(Check, "/fees", fees)
            .Faults().ShouldContain(f => f.File == Check && f.Pointer == pointer && f.Reason.Contains(reason));

    [Fact]
    public void An_unknown_property_is_reported() =>
        new DefinitionSet().With(Package, "/steps/0/pivott", "true")
            .Faults().ShouldHaveOne(FaultKind.UnknownProperty, Package, "/steps/0/pivott", "'pivott'");

    [Fact]
    public void A_missing_property_is_reported() =>
        new DefinitionSet().Without(Package, "/steps/0/id").Faults().ShouldContain(
            f => f.Kind == FaultKind.MissingProperty && f.Pointer == "/steps/0" && f.Reason.Contains("'id'"));

    [Fact]
    public void A_value_of_the_wrong_type_is_reported() =>
        new DefinitionSet().With(Issue, "/feeRupiah", "\"free\"")
            .Faults().ShouldHaveOne(FaultKind.WrongType, Issue, "/feeRupiah", "whole number");

    [Fact]
    public void A_code_that_is_not_kebab_case_is_reported() =>
        new DefinitionSet().With(Check, "/requirements/0/code", "\"Known Person\"")
            .Faults().ShouldHaveOne(FaultKind.InvalidValue, Check, "/requirements/0/code", "Known Person");

    [Theory]
    [InlineData("en", "English")]
    [InlineData("id", "Indonesian")]
    public void A_text_that_lacks_a_language_is_reported(string language, string name) =>
        new DefinitionSet().Without(Package, $"/title/{language}")
            .Faults().ShouldHaveOne(FaultKind.MissingLanguage, Package, $"/title/{language}", name);

    [Fact]
    public void A_blank_text_is_a_missing_one() =>
        new DefinitionSet().With(Check, "/requirements/0/text/en", "\" \"")
            .Faults().ShouldHaveOne(FaultKind.MissingLanguage, Check, "/requirements/0/text/en", "English");

    [Theory]
    [InlineData("/title/en", "...")]
    [InlineData("/title/id", "Jalan\u200b")]
    [InlineData("/description/en", "A\ntrip.")]
    public void What_people_could_not_read_is_reported(string pointer, string text) =>
        new DefinitionSet().With(Package, pointer, System.Text.Json.JsonSerializer.Serialize(text))
            .Faults().ShouldHaveOne(FaultKind.InvalidValue, Package, pointer, "");

    [Fact]
    public void An_input_field_without_a_label_is_reported() =>
        new DefinitionSet().Without(Package, "/labels/~1guide~1nik")
            .Faults().ShouldHaveOne(FaultKind.MissingLabel, Package, "/labels", "/guide/nik");

    [Fact]
    public void A_label_of_no_field_is_reported() =>
        new DefinitionSet().With(Package, "/labels/~1guide~1name", """{"id":"Nama","en":"Name"}""").Faults()
            .ShouldHaveOne(FaultKind.PointerToNothing, Package, "/labels/~1guide~1name", "/guide/name");

    [Theory]
    [InlineData("/input/properties/nik/maxLenght", "16", "/input/properties/nik/maxLenght", "maxLenght")]
    [InlineData("/input/properties/nik/pattern", "\"[\"", "/input/properties/nik/pattern", "regular expression")]
    [InlineData("/input/properties/note/format", "\"day\"", "/input/properties/note/format", "date")]
    [InlineData("/input/properties/note/type", "\"text\"", "/input/properties/note/type", "'text'")]
    [InlineData("/input/additionalProperties", "true", "/input", "additionalProperties")]
    [InlineData("/input/required/-", "\"age\"", "/input/required", "'age'")]
    [InlineData("/output/properties/risk/enum", "[]", "/output/properties/risk/enum", "at least one")]
    [InlineData("/output/properties/score/minimum", "\"0\"", "/output/properties/score/minimum", "number")]
    [InlineData("/input/properties/note", """{ "type": "string" }""", "/input/properties/note", "maxLength")]
    [InlineData("/input/properties/note/maxLength", "1001", "/input/properties/note", "1000")]
    [InlineData("/input/properties/note/format", "\"date\"", "/input/properties/note", "x-earliest")]
    [InlineData("/input/properties/note/x-latest", "\"today\"", "/input/properties/note/x-latest", "Only a date")]
    [InlineData("/input/properties/note", """
        { "type": "string", "format": "date", "maxLength": 10, "x-earliest": "1900-01-01", "x-latest": "soon" }
        """, "/input/properties/note/x-latest", "today+P1Y")]
    [InlineData("/input/properties/note", """
        { "type": "string", "format": "date", "maxLength": 10, "x-earliest": "0001-01-01", "x-latest": "today" }
        """, "/input/properties/note", "1900-01-01")]
    [InlineData("/input/properties/note", """
        { "type": "string", "format": "date", "maxLength": 10, "x-earliest": "today", "x-latest": "today-P1Y" }
        """, "/input/properties/note", "not after its latest")]
    public void A_schema_that_is_not_understood_as_written_is_reported(
        string pointer, string json, string place, string reason) =>
        new DefinitionSet().With(Check, pointer, json).Faults().ShouldContain(f => f.Kind == FaultKind.InvalidSchema
            && f.File == Check && f.Pointer == place && f.Reason.Contains(reason));

    [Fact]
    public void A_step_id_that_is_there_twice_is_reported() =>
        new DefinitionSet()
            .With(Package, "/steps/1/id", "\"check\"").With(Package, "/steps/2/needs", """["check"]""").Faults()
            .ShouldHaveOne(FaultKind.DuplicateId, Package, "/steps/1/id", "'check'");

    [Fact]
    public void An_agency_that_is_there_twice_is_reported() =>
        new DefinitionSet()
            .With("agencies.json", "/agencies/-", """{"code":"office","name":{"id":"Kantor","en":"Office"}}""").Faults()
            .ShouldHaveOne(FaultKind.DuplicateId, "agencies.json", "/agencies/1/code", "'office'");

    [Fact]
    public void A_requirement_that_is_there_twice_is_reported() =>
        new DefinitionSet()
            .With(Check, "/requirements/-", """{"code":"known","text":{"id":"Terdaftar","en":"Known"}}""").Faults()
            .ShouldHaveOne(FaultKind.DuplicateId, Check, "/requirements/1/code", "'known'");

    [Fact]
    public void A_need_that_is_there_twice_is_reported() =>
        new DefinitionSet().With(Package, "/steps/2/needs/-", "\"check\"")
            .Faults().ShouldHaveOne(FaultKind.DuplicateId, Package, "/steps/2/needs/2", "'check'");

    [Fact]
    public void A_package_without_steps_is_reported() =>
        new DefinitionSet()
            .With(Package, "/steps", "[]").Faults().ShouldHaveOne(FaultKind.NoSteps, Package, "/steps", "at least one");

    [Theory]
    [InlineData("duration", "0")]
    [InlineData("duration", "1.5")]
    [InlineData("unit", "\"weeks\"")]
    [InlineData("onLapse", "\"forget\"")]
    public void A_bad_deadline_is_reported(string property, string json) =>
        new DefinitionSet().With(Package, $"/steps/2/deadline/{property}", json)
            .Faults().ShouldHaveOne(FaultKind.InvalidDeadline, Package, $"/steps/2/deadline/{property}", "");

    [Theory]
    [InlineData("""{ "value": "/input/days", "atLeast": 1, "exists": true }""", "exactly one of oneOf")]
    [InlineData("""{ "value": "/input/days" }""", "exactly one of oneOf")]
    [InlineData("""{ "exists": true }""", "exactly one of all")]
    [InlineData("""{ "value": "/input/days", "atLeast": 1, "not": { "value": "/input/days", "exists": true } }""",
        "exactly one of all")]
    [InlineData("""{ "all": [] }""", "at least one item")]
    public void A_condition_with_not_exactly_one_operator_is_reported(string when, string reason) =>
        new DefinitionSet().With(Package, "/steps/2/when", when).Faults().ShouldContain(f =>
            f.Kind == FaultKind.InvalidCondition && f.Pointer == "/steps/2/when" && f.Reason.Contains(reason));

    [Fact]
    public void An_operator_that_does_not_exist_is_reported() =>
        new DefinitionSet().With(Package, "/steps/2/when", """{ "value": "/input/days", "atMost": 1 }""").Faults()
            .ShouldContain(f => f.Kind == FaultKind.InvalidCondition && f.Pointer == "/steps/2/when/atMost");

    [Fact]
    public void All_faults_are_reported_not_only_the_first()
    {
        var faults = new DefinitionSet()
            .Without(Check, "/name/en").With(Issue, "/feeRupiah", "-1").With(Package, "/steps/2/deadline/duration", "0")
            .With(Package, "/steps/0/service", "\"office/gone\"").Faults();

        faults.Select(f => f.Kind).ShouldBe(
            [FaultKind.MissingLanguage, FaultKind.InvalidValue, FaultKind.InvalidDeadline, FaultKind.UnknownService],
            ignoreOrder: true);
    }
}

internal static class FaultAssertions
{
    public static void ShouldHaveOne(
        this IReadOnlyList<Fault> faults, FaultKind kind, string file, string pointer, string reason)
    {
        var fault = faults.ShouldHaveSingleItem();
        fault.ShouldSatisfyAllConditions(
            () => fault.Kind.ShouldBe(kind),
            () => fault.File.ShouldBe(file),
            () => fault.Pointer.ShouldBe(pointer),
            () => fault.Reason.ShouldContain(reason));
    }
}
