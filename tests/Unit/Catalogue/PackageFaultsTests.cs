using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Schemas;
using Mpp.Catalogue.Loading;
using Mpp.Contracts;
using Shouldly;
using static Mpp.Unit.Catalogue.DefinitionSet;

namespace Mpp.Unit.Catalogue;

/// <summary>Faults between the steps of a package, and between a package and the services.</summary>
public sealed class PackageFaultsTests
{
    [Fact]
    public void An_agency_that_nobody_knows_is_reported() =>
        new DefinitionSet().With("agencies.json", "/agencies/0/code", "\"bureau\"").Faults()
            .ShouldContain(f => f.Kind == FaultKind.UnknownAgency
                && f.File == Check && f.Pointer == "/code" && f.Reason.Contains("'office'"));

    [Fact]
    public void A_service_that_nobody_offers_is_reported() =>
        new DefinitionSet().With(Package, "/steps/0/service", "\"office/stamp\"")
            .Faults().ShouldHaveOne(FaultKind.UnknownService, Package, "/steps/0/service", "'office/stamp'");

    [Fact]
    public void A_need_that_is_no_step_is_reported() =>
        new DefinitionSet().With(Package, "/steps/2/needs/-", "\"stamp\"")
            .Faults().ShouldHaveOne(FaultKind.UnknownStep, Package, "/steps/2/needs/2", "'stamp'");

    [Fact]
    public void A_pointer_to_a_step_that_does_not_exist_is_reported() =>
        new DefinitionSet().With(Package, "/steps/2/inputs/risk", "\"/steps/stamp/risk\"")
            .Faults().ShouldHaveOne(FaultKind.UnknownStep, Package, "/steps/2/inputs/risk", "'stamp'");

    [Fact]
    public void A_cycle_is_reported_once_and_named()
    {
        var fault = new DefinitionSet()
            .With(Package, "/steps/0/needs", """["guide"]""")
            .With(Package, "/steps/1/needs", """["check"]""").Faults().Single(f => f.Kind == FaultKind.Cycle);

        (fault.Pointer, fault.Reason).ShouldBe(
            ("/steps/0/needs", "The steps wait for each other: check → guide → check."));
    }

    [Fact]
    public void A_step_that_needs_itself_is_a_cycle() =>
        new DefinitionSet().With(Package, "/steps/2/needs/-", "\"issue\"")
            .Faults().ShouldHaveOne(FaultKind.Cycle, Package, "/steps/2/needs", "issue → issue");

    [Fact]
    public void A_step_behind_a_cycle_can_never_be_reached() =>
        new DefinitionSet()
            .With(Package, "/steps/0/needs", """["guide"]""").With(Package, "/steps/1/needs", """["check"]""").Faults()
            .ShouldContain(f => f.Kind == FaultKind.UnreachableStep
                && f.Pointer == "/steps/2" && f.Reason.Contains("'issue' can never start"));

    [Fact]
    public void A_step_whose_condition_can_never_hold_is_never_reached() =>
        new DefinitionSet().With(Package, "/steps/2/when", """{ "value": "/input/nik", "exists": false }""").Faults()
            .ShouldHaveOne(FaultKind.UnreachableStep, Package, "/steps/2/when", "'issue' never runs");

    [Fact]
    public void A_condition_on_values_that_cannot_occur_is_reported_with_each_of_them()
    {
        var faults = new DefinitionSet().With(
            Package, "/steps/2/when", """{ "value": "/steps/check/risk", "oneOf": ["medium", "none"] }""").Faults();

        faults.Select(f => (f.Kind, f.Pointer)).ShouldBe(
            [(FaultKind.TypeMismatch, "/steps/2/when/oneOf/0"), (FaultKind.TypeMismatch, "/steps/2/when/oneOf/1"),
                (FaultKind.UnreachableStep, "/steps/2/when")]);
    }

    [Fact]
    public void A_number_is_not_asked_of_a_text() =>
        new DefinitionSet().With(Package, "/steps/2/when", """{ "value": "/input/nik", "atLeast": 1 }""").Faults()
            .ShouldHaveOne(FaultKind.TypeMismatch, Package, "/steps/2/when/atLeast", "no number");

    [Fact]
    public void A_condition_points_to_something_too() =>
        new DefinitionSet()
            .With(Package, "/steps/2/when", """{ "not": { "value": "/input/age", "exists": true } }""").Faults()
            .ShouldHaveOne(FaultKind.PointerToNothing, Package, "/steps/2/when/not/value", "'age'");

    [Theory]
    [InlineData("/input/age", "'age'")]
    [InlineData("/input/guide/name", "/input/guide")]
    [InlineData("/steps/check/grade", "'grade'")]
    [InlineData("/inputs/days", "/input or /steps")]
    public void A_pointer_that_no_schema_can_satisfy_is_reported(string pointer, string reason) =>
        new DefinitionSet().With(Package, "/steps/2/inputs/days", $"\"{pointer}\"")
            .Faults().ShouldHaveOne(FaultKind.PointerToNothing, Package, "/steps/2/inputs/days", reason);

    [Fact]
    public void A_pointer_to_a_step_that_is_not_among_the_needs_is_reported() =>
        new DefinitionSet().With(Package, "/steps/1/inputs/note", "\"/steps/check/risk\"").Faults()
            .ShouldHaveOne(FaultKind.PointerOutsideNeeds, Package, "/steps/1/inputs/note",
                "'check' is not among the needs of 'guide'");

    [Fact]
    public void A_pointer_to_a_step_among_the_indirect_needs_is_fine() =>
        CatalogueLoader.Load(new DefinitionSet().With(Package, "/steps/1/needs", """["check"]""")
            .With(Package, "/steps/2/needs", """["guide"]""").Files()).ShouldNotBeNull();

    [Fact]
    public void A_field_that_the_agency_does_not_know_is_reported() =>
        new DefinitionSet().With(Package, "/steps/0/inputs/age", "\"/input/days\"")
            .Faults().ShouldHaveOne(FaultKind.UnknownField, Package, "/steps/0/inputs/age", "no field 'age'");

    [Fact]
    public void A_required_field_that_nothing_is_mapped_to_is_reported() =>
        new DefinitionSet().Without(Package, "/steps/2/inputs/risk")
            .Faults().ShouldHaveOne(FaultKind.UnmappedField, Package, "/steps/2/inputs", "'risk'");

    [Fact]
    public void A_required_field_from_an_optional_source_is_reported() =>
        new DefinitionSet().With(Package, "/steps/2/inputs/nik", "\"/input/guide/nik\"").Faults()
            .ShouldHaveOne(FaultKind.UncertainField, Package, "/steps/2/inputs/nik", "/input/guide may be absent");

    [Fact]
    public void A_required_field_from_an_optional_output_is_reported() =>
        new DefinitionSet().With(Issue, "/input/properties/guideNik", """{ "type": "string", "maxLength": 64 }""")
            .With(Issue, "/input/required/-", "\"guideNik\"")
            .With(Package, "/steps/2/inputs/guideNik", "\"/steps/check/remark\"").Faults()
            .ShouldHaveOne(
                FaultKind.UncertainField, Package, "/steps/2/inputs/guideNik", "/steps/check/remark may be absent");

    [Fact]
    public void A_required_field_from_a_step_that_may_be_skipped_is_reported() =>
        new DefinitionSet().With(Package, "/steps/2/inputs/risk", "\"/steps/guide/risk\"").Faults()
            .ShouldHaveOne(FaultKind.UncertainField, Package, "/steps/2/inputs/risk", "/steps/guide may be absent");

    [Fact]
    public void A_required_field_from_a_step_that_silence_may_grant_is_reported() =>
        new DefinitionSet().With(Package, "/steps/0/deadline",
            """{ "duration": 5, "unit": "working-days", "onLapse": "deem-granted" }""").Faults()
            .ShouldHaveOne(FaultKind.UncertainField, Package, "/steps/2/inputs/risk", "/steps/check may be absent");

    [Theory]
    [InlineData("""{ "value": "/steps/guide/risk", "oneOf": ["high"] }""")]
    [InlineData(
        """{ "all": [{ "value": "/input/days", "atLeast": 2 }, { "value": "/steps/guide/risk", "exists": true }] }""")]
    [InlineData("""{ "any": [{ "value": "/steps/guide/risk", "oneOf": ["high"] }, { "value": "/steps/guide/score", "atLeast": 5 }] }""")]
    public void The_steps_own_condition_makes_a_source_certain(string when) =>
        CatalogueLoader.Load(new DefinitionSet().With(Package, "/steps/2/inputs/risk", "\"/steps/guide/risk\"")
            .With(Package, "/steps/2/when", when).Files()).ShouldNotBeNull();

    [Fact]
    public void A_condition_with_a_way_around_makes_nothing_certain() =>
        new DefinitionSet().With(Package, "/steps/2/inputs/risk", "\"/steps/guide/risk\"")
            .With(Package, "/steps/2/when",
                """{ "any": [{ "value": "/steps/guide/risk", "oneOf": ["high"] }, { "value": "/input/days", "atLeast": 5 }] }""")
            .Faults()
            .ShouldHaveOne(FaultKind.UncertainField, Package, "/steps/2/inputs/risk", "/steps/guide may be absent");

    [Theory]
    [InlineData("days", "\"/input/nik\"", "of type string")]
    [InlineData("risk", "\"/input/nik\"", "listed values only")]
    [InlineData("nik", "\"/steps/check/risk\"", "\"low\"")]
    public void A_source_that_does_not_fit_the_agencys_field_is_reported(string field, string pointer, string reason) =>
        new DefinitionSet().With(Package, $"/steps/2/inputs/{field}", pointer)
            .Faults().ShouldHaveOne(FaultKind.TypeMismatch, Package, $"/steps/2/inputs/{field}", reason);

    [Theory]
    [InlineData("""{ "type": "integer", "minimum": 1 }""", "value of at least 1")]
    [InlineData("""{ "type": "integer", "maximum": 30 }""", "value of at most 30")]
    public void A_limit_of_the_agency_that_the_source_lacks_is_reported(string schema, string reason) =>
        new DefinitionSet().With(Issue, "/input/properties/days", schema)
            .Faults().ShouldHaveOne(FaultKind.TypeMismatch, Package, "/steps/2/inputs/days", reason);

    [Theory]
    [InlineData("1900-01-01", "today", true)]
    [InlineData("today-P20Y", "today+P100Y", true)]
    [InlineData("1899-12-31", "today", false)]
    [InlineData("1900-01-01", "today+P101Y", false)]
    [InlineData("1900-01-01", "2200-01-01", false)]
    public void A_date_of_the_source_is_one_that_the_agency_takes(string earliest, string latest, bool fits) =>
        (SchemaInclusion.Mismatch(
            new Schema
            {
                Types = ["string"],
                Format = "date",
                Range = new(DateLimit.Parse(earliest), DateLimit.Parse(latest)),
            },
            new Schema { Types = ["string"], Format = "date" }) is null).ShouldBe(fits);

    [Theory]
    [InlineData("^[A-Z]{2}$", "^(?:[A-Z]{2}|[0-9]{4})$", true)]
    [InlineData("^(?:[0-9]{4}|[A-Z]{2})$", "^(?:[A-Z]{2}|[0-9]{4})$", true)]
    [InlineData("^(?:[A-Z]{2}|[0-9]{4})$", "^[A-Z]{2}$", false)]
    [InlineData("^[A-Z]{3}$", "^(?:[A-Z]{2}|[0-9]{4})$", false)]
    [InlineData(null, "^(?:[A-Z]{2}|[0-9]{4})$", false)]
    public void A_pattern_may_be_one_of_those_that_the_agency_takes(string? source, string target, bool fits) =>
        (SchemaInclusion.Mismatch(
            new Schema { Types = ["string"], Pattern = source }, new Schema { Types = ["string"], Pattern = target })
            is null).ShouldBe(fits);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("1.5")]
    [InlineData("-0.1")]
    [InlineData("\"half\"")]
    public void A_share_for_the_warning_that_is_none_is_reported(string share) =>
        new DefinitionSet().With(Package, "/steps/2/deadline/warnAtShareLeft", share).Faults()
            .ShouldHaveOne(FaultKind.InvalidDeadline, Package, "/steps/2/deadline/warnAtShareLeft", "between 0 and 1");

    [Theory]
    [InlineData("maxRounds", "0", "1 to 10")]
    [InlineData("maxRounds", "11", "1 to 10")]
    [InlineData("maxRounds", "2.5", "1 to 10")]
    [InlineData("waitDays", "0", "1 to 366")]
    [InlineData("waitDays", "367", "1 to 366")]
    [InlineData("waitDays", "\"long\"", "1 to 366")]
    public void Limits_of_corrections_that_are_none_are_reported(string field, string value, string reason) =>
        new DefinitionSet().With(Package, "/steps/0/corrections", """{ "maxRounds": 3, "waitDays": 30 }""")
            .With(Package, $"/steps/0/corrections/{field}", value).Faults()
            .ShouldHaveOne(FaultKind.InvalidCorrections, Package, $"/steps/0/corrections/{field}", reason);

    [Fact]
    public void Half_a_rule_for_corrections_is_reported() =>
        new DefinitionSet().With(Package, "/steps/0/corrections", """{ "maxRounds": 3 }""")
            .Faults().ShouldHaveOne(FaultKind.MissingProperty, Package, "/steps/0/corrections", "'waitDays'");

    [Fact]
    public void A_rule_for_corrections_and_the_warning_are_read_and_have_defaults()
    {
        var steps = CatalogueLoader.Load(new DefinitionSet()
            .With(Package, "/steps/0/corrections", """{ "maxRounds": 1, "waitDays": 7 }""")
            .With(Package, "/steps/2/deadline/warnAtShareLeft", "0.5").Files()).Find("trip")!.Steps;

        steps[0].Corrections.ShouldBe(new(1, 7));
        steps[1].Corrections.ShouldBe(new(3, 30));
        steps[2].Deadline!.WarnAtShareLeft.ShouldBe(0.5);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("36501")]
    [InlineData("1.5")]
    [InlineData("\"long\"")]
    public void A_retention_that_is_none_is_reported(string days) =>
        new DefinitionSet().With(Package, "/retention/days", days).Faults()
            .ShouldHaveOne(FaultKind.InvalidRetention, Package, "/retention/days", "1 to 36500");

    [Fact]
    public void A_package_without_a_retention_is_reported() =>
        new DefinitionSet().Without(Package, "/retention")
            .Faults().ShouldHaveOne(FaultKind.MissingProperty, Package, "", "'retention'");

    [Theory]
    [InlineData("""{ "days": 30, "years": 1 }""", FaultKind.UnknownProperty, "/retention/years", "'years'")]
    [InlineData("{}", FaultKind.MissingProperty, "/retention", "'days'")]
    [InlineData("30", FaultKind.WrongType, "/retention", "An object")]
    internal void A_retention_is_a_number_of_days_and_nothing_else(
        string retention, FaultKind kind, string pointer, string reason) =>
        new DefinitionSet()
            .With(Package, "/retention", retention).Faults().ShouldHaveOne(kind, Package, pointer, reason);

    [Theory]
    [InlineData(1)]
    [InlineData(36_500)]
    public void A_retention_is_read(int days) =>
        CatalogueLoader.Load(new DefinitionSet().With(Package, "/retention/days", $"{days}").Files())
            .Find("trip")!.Retention.Days.ShouldBe(days);

    [Fact]
    public void An_owner_that_no_field_holds_is_reported() =>
        Owners("/input/guide/nyk").ShouldHaveOne(FaultKind.PointerToNothing, Package, "/owners/0", "'nyk'");

    [Fact]
    public void An_owner_that_a_result_names_is_reported() =>
        Owners("/input/nik", "/steps/check/risk")
            .ShouldHaveOne(FaultKind.InvalidOwner, Package, "/owners/1", "is a result");

    [Fact]
    public void An_owner_that_is_no_person_is_reported() =>
        Owners("/input/nik", "/input/days").ShouldHaveOne(FaultKind.InvalidOwner, Package, "/owners/1", "is no NIK");

    [Fact]
    public void An_owner_that_is_there_twice_is_reported() =>
        Owners("/input/nik", "/input/nik").ShouldHaveOne(FaultKind.DuplicateId, Package, "/owners/1", "twice");

    [Fact]
    public void Owners_that_may_all_be_absent_are_reported() =>
        Owners("/input/guide/nik").ShouldHaveOne(FaultKind.InvalidOwner, Package, "/owners", "may be absent");

    [Fact]
    public void An_owner_whom_nobody_confirms_is_reported() =>
        WithOwners("/input/nik").Without(Check, "/identifies").Faults()
            .ShouldHaveOne(FaultKind.UnidentifiedPerson, Package, "/owners/0", "/input/nik");

    [Fact]
    public void Who_is_confirmed_is_named_by_a_field_of_the_service() =>
        new DefinitionSet().With(Check, "/identifies", "\"nyk\"").Faults()
            .ShouldHaveOne(FaultKind.UnknownField, Check, "/identifies", "'nyk'");

    [Fact]
    public void Owners_are_read() =>
        CatalogueLoader.Load(WithOwners("/input/nik", "/input/guide/nik").Files())
            .Find("trip")!.Owners.ShouldBe(["/input/nik", "/input/guide/nik"]);

    private static IReadOnlyList<Fault> Owners(params string[] owners) => WithOwners(owners).Faults();

    private static DefinitionSet WithOwners(params string[] owners) =>
        new DefinitionSet().With(Package, "/owners", System.Text.Json.JsonSerializer.Serialize(owners));

    [Fact]
    public void A_second_pivot_is_reported() =>
        new DefinitionSet().With(Package, "/steps/0/pivot", "true")
            .Faults().ShouldHaveOne(FaultKind.SecondPivot, Package, "/steps/2/pivot", "'check' is the pivot already");

    [Fact]
    public void Compensation_of_a_step_after_the_pivot_is_reported() =>
        new DefinitionSet().With(Package, "/steps/2/pivot", "false")
            .With(Package, "/steps/0/pivot", "true").With(Package, "/steps/2/compensable", "true").Faults()
            .ShouldHaveOne(
                FaultKind.CompensationAfterPivot, Package, "/steps/2/compensable", "'issue' is never cancelled");

    [Fact]
    public void A_gap_between_versions_is_reported() =>
        new DefinitionSet().WithVersion(3, "packages/trip.v3.json").Faults()
            .ShouldHaveOne(FaultKind.VersionGap, "packages/trip.v3.json", "/version", "Version 2 of 'trip' is missing");

    [Fact]
    public void A_version_that_is_there_twice_is_reported() =>
        new DefinitionSet().WithVersion(1, "packages/trip.v2.json").Faults().ShouldHaveOne(
            FaultKind.DuplicateVersion, "packages/trip.v2.json", "/version", "in packages/trip.v1.json already");
}
