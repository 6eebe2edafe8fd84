using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Mpp.Agency;
using Mpp.Catalogue.Loading;
using Mpp.Contracts.Steps;
using Mpp.Police.DrivingLicences;
using Mpp.Police.Skck;
using Mpp.Unit.Architecture;
using Shouldly;

namespace Mpp.Unit.Catalogue;

/// <summary>
/// What the catalogue says of a service, and what the agency's program takes, are written in two places: here they
/// meet.
/// </summary>
public sealed partial class AgenciesKeepTheirStandardTests
{
    private static readonly Mpp.Catalogue.Definitions Own =
        CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions"));

    private static readonly IReadOnlyDictionary<string, Type> Programs = AgencyPrograms.All;

    private static readonly IReadOnlyDictionary<string, Type> Inputs = AgencyPrograms.Inputs;

    private static readonly Dictionary<string, ProgramText> Said =
        Programs.ToDictionary(p => p.Key, p => ProgramText.Of(p.Value), StringComparer.Ordinal);

    // Of cancellations, which no standard is about.
    private static readonly string[] Cancellations = ["not-revocable", "register-entry-stands"];

    /// <summary>What people look at: the program says nothing of it by rule.</summary>
    private static readonly Dictionary<string, string[]> ForOfficers = new(StringComparer.Ordinal)
    {
        ["bpjs/newborn-enrolment"] = ["birth-letter"],
        ["civil-registry/birth-certificate"] = ["reported-in-time", "one-child-once"],
        ["licensing/business-licence"] = ["technical-requirements"],
        ["licensing/standard-certificate"] = ["verified-by-officer"],
        ["police/skck"] = ["record-clarified", "fingerprints", "photographs"],
    };

    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly JsonSerializerOptions Json =
        new() { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    // Texts of the same form that are something else.
    private static readonly string[] NoRequirements = ["awaiting-premium", Payees.StateTreasury];

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeForm { get; }

    public static TheoryData<string> Services => [.. Inputs.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_service_of_the_catalogue_is_offered_and_no_other() =>
        Inputs.Keys.ShouldBe(Own.Services.Select(s => s.Code), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Services))]
    public void An_agency_takes_the_fields_that_its_standard_names(string service)
    {
        var schema = Own.Service(service).Input;
        var named = schema.GetProperty("properties")
            .EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var fields = Inputs[service].GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).ToHashSet(StringComparer.Ordinal);

        named.ShouldBeSubsetOf(fields, "the agency refuses fields that it does not know");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void An_agency_requires_no_more_than_its_standard(string service)
    {
        var required = Own.Service(service).Input
            .GetProperty("required").EnumerateArray().Select(r => r.GetString()!).ToHashSet(StringComparer.Ordinal);
        var needed = Inputs[service].GetProperties().Where(p => p.IsDefined(typeof(RequiredMemberAttribute)))
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

        needed.ShouldBeSubsetOf(required, "what the standard calls optional may be missing");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_program_names_the_requirements_of_its_standard_and_no_others(string service)
    {
        var standard = Own.Service(service);
        var published = standard.Requirements.Select(r => r.Code).Except(ForOfficers.GetValueOrDefault(service, []));

        // A code has a dash, and so have the kinds of documents and the values of the schemas.
        var named = Said[service].Texts.Where(t => CodeForm.IsMatch(t))
            .Except(standard.Documents).Except(Cancellations).Except(Values(standard.Input))
            .Except(Values(standard.Output)).Except(NoRequirements).ToList();

        named.ShouldBeSubsetOf(standard.Requirements.Select(r => r.Code), "the citizen reads it in no standard");
        published.ShouldBeSubsetOf(Said[service].Texts, "the standard asks for what no program looks at");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_a_reason_points_to_is_a_field_of_the_standard(string service)
    {
        var fields = Own.Service(service).Input.GetProperty("properties").EnumerateObject().Select(p => "/" + p.Name);

        Said[service].Texts.Where(
                t => t.Length > 1 && t[0] == '/' && char.IsAsciiLetterLower(t[1]) && t.Skip(1).All(char.IsAsciiLetter))
            .ShouldBeSubsetOf(fields, "a correction there could not be given");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_program_gives_back_the_outputs_of_its_standard_and_no_others(string service)
    {
        var output = Said[service].Created.Where(
            t => t.Name.EndsWith("Output", StringComparison.Ordinal)).ShouldHaveSingleItem();

        Compare(output, Own.Service(service).Output, service);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_program_issues_the_documents_of_its_standard_and_no_others(string service)
    {
        var program = Said[service];
        var standard = Own.Service(service);

        program.Created.Contains(typeof(IssuedDocument)).ShouldBe(standard.Documents.Count > 0);
        standard.Documents.ShouldBeSubsetOf(program.Texts);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Only_a_service_with_a_published_fee_asks_for_one(string service) =>
        Said[service].Created.Contains(typeof(StepAnswer.FeeRequested))
            .ShouldBe(Own.Service(service).FeeRupiah > 0);

    [Fact]
    public void The_fee_of_an_SKCK_is_the_published_one()
    {
        var rules = SkckRulebook.Load();
        var standard = Own.Service("police/skck");

        rules.FeeRupiah.RequiredOn(Today).Value.ShouldBe(standard.FeeRupiah);
        standard.Fees.Select(f => f.AmountRupiah).ShouldBe([standard.FeeRupiah, 0]);
        standard.LegalBasis.ShouldContain(rules.FeeRupiah.RequiredOn(Today).LegalBasis);
    }

    [Fact]
    public void The_fee_of_each_class_of_driving_licence_is_the_published_one()
    {
        var rules = DrivingLicenceRulebook.Load();
        var standard = Own.Service("police/driving-licence-reprint");

        rules.ReprintFeeRupiah.RequiredOn(Today).Value.ToDictionary(f => f.Key.ToString(), f => f.Value)
            .ShouldBe(standard.Fees.ToDictionary(f => f.Code, f => f.AmountRupiah), ignoreOrder: true);
        standard.LegalBasis.ShouldContain(rules.ReprintFeeRupiah.RequiredOn(Today).LegalBasis);
    }

    [Fact]
    public void Every_published_fee_is_compared_here() =>
        Own.Services.Where(s => s.FeeRupiah > 0).Select(s => s.Code)
            .ShouldBe(["police/skck", "police/driving-licence-reprint"], ignoreOrder: true);

    private static void Compare(Type type, JsonElement schema, string place)
    {
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name), StringComparer.Ordinal);
        var properties = schema.GetProperty("properties").EnumerateObject().ToList();
        properties.Select(p => p.Name).ShouldBe(members.Keys, ignoreOrder: true, place);
        var optional = members.Where(m => CanBeNull(m.Value)).Select(m => m.Key);
        schema.GetProperty("required").EnumerateArray().Select(r => r.GetString())
            .ShouldBe(members.Keys.Except(optional), ignoreOrder: true, place);
        foreach (var property in properties)
        {
            var member = members[property.Name].PropertyType;
            var inner = member.IsGenericType ? member.GetGenericArguments()[0] : member;
            if (inner.IsEnum && property.Value.TryGetProperty("enum", out var values))
            {
                // Not every state that the register knows is an answer.
                values.EnumerateArray().Select(v => v.GetString()).OfType<string>().ShouldBeSubsetOf(
                    Enum.GetValues(inner).Cast<object>().Select(v => JsonSerializer.SerializeToElement(v, inner, Json)
                        .GetString()!), $"{place}/{property.Name}");
            }
            else if (property.Value.TryGetProperty("properties", out _))
            {
                Compare(inner, property.Value, $"{place}/{property.Name}");
            }
            else if (property.Value.TryGetProperty("items", out var items))
            {
                Compare(inner, items, $"{place}/{property.Name}");
            }
        }
    }

    private static bool CanBeNull(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    private static IEnumerable<string> Values(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(p => p.Name == "enum"
            ? p.Value.EnumerateArray().Select(v => v.GetString() ?? "")
            : Values(p.Value)),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Values),
        _ => [],
    };
}
