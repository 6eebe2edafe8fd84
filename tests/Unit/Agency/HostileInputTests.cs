using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Agency.Inputs;
using Mpp.Catalogue.Loading;
using Mpp.Contracts;
using Mpp.Support.Inputs;
using Mpp.Unit.Architecture;
using Shouldly;

namespace Mpp.Unit.Agency;

/// <summary>Every field of every service of every agency, as its published standard names them.</summary>
public sealed class HostileInputTests
{
    private static readonly Mpp.Catalogue.Definitions Own =
        CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions"));

    private static readonly IReadOnlyDictionary<string, Type> Inputs = AgencyPrograms.Inputs;

    private static readonly DateOnly Today = new(2026, 11, 22);

    public static TheoryData<string> Services => [.. Inputs.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_good_input_is_taken(string service) =>
        Faults(service, SchemaSample.Of(Schema(service)).ToJsonString()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Services))]
    public void A_bad_text_in_any_field_is_refused_by_its_pointer(string service)
    {
        foreach (var (pointer, _) in SchemaSample.Leaves(Schema(service)).Where(l => SchemaSample.IsText(l.Schema)))
        {
            foreach (var bad in BadText.All)
            {
                Faults(service, SchemaSample.With(SchemaSample.Of(Schema(service)), pointer, bad.Json))
                    .ShouldHaveSingleItem($"{pointer}: {bad}").Pointer.ShouldBe(pointer, bad.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_date_out_of_its_range_in_any_field_is_refused_by_its_pointer(string service)
    {
        foreach (var (pointer, schema) in SchemaSample.Leaves(Schema(service))
            .Where(l => SchemaSample.IsDate(l.Schema)))
        {
            DateRange.Of(JsonElement.Parse(schema.ToJsonString())).ShouldBe(DateRange.Widest, "the agency's own range");
            foreach (var date in (string[])["0001-01-01", "1899-12-31", "2126-11-23", "9999-12-31"])
            {
                Faults(service, SchemaSample.With(SchemaSample.Of(Schema(service)), pointer, $"\"{date}\""))
                    .ShouldHaveSingleItem($"{pointer}: {date}").Pointer.ShouldBe(pointer, date);
            }
        }
    }

    [Fact]
    public void There_are_texts_and_dates_to_try()
    {
        var leaves = Inputs.Keys.SelectMany(s => SchemaSample.Leaves(Schema(s))).ToList();

        leaves.Count(l => SchemaSample.IsText(l.Schema)).ShouldBeGreaterThan(50);
        leaves.Count(l => SchemaSample.IsDate(l.Schema)).ShouldBeGreaterThan(5);
    }

    /// <summary>As a step's inputs; those of a question say the same.</summary>
    private static IReadOnlyList<InputFault> Faults(string service, string json)
    {
        var (input, faults) = InputReader.Read(JsonElement.Parse(json), Inputs[service], Today);
        (input is null).ShouldBe(faults.Count > 0);
        InputReader.ReadGiven(JsonElement.Parse(json), Inputs[service], Today).Faults.Select(f => f.Pointer)
            .ShouldBe(faults.Select(f => f.Pointer));
        return faults;
    }

    private static JsonObject Schema(string service) =>
        JsonNode.Parse(Own.Service(service).Input.GetRawText())!.AsObject();
}
