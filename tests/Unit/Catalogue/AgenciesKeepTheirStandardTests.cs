using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Mpp.Agency;
using Mpp.Catalogue.Loading;
using Mpp.Unit.Architecture;
using Shouldly;

namespace Mpp.Unit.Catalogue;

/// <summary>
/// What the catalogue says of a service, and what the agency's program takes, are written in two places: here they
/// meet.
/// </summary>
public sealed class AgenciesKeepTheirStandardTests
{
    private static readonly Mpp.Catalogue.Definitions Own =
        CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions"));

    private static readonly Dictionary<string, Type> Inputs = Projects.Services.SelectMany(p => p.Assembly.GetTypes())
        .Where(t => t is { IsAbstract: false, BaseType.IsGenericType: true }
            && t.BaseType.GetGenericTypeDefinition() == typeof(AgencyService<>))
        // The code is a constant: no instance with its database is needed to read it.
        .ToDictionary(t => ((IAgencyService)RuntimeHelpers.GetUninitializedObject(t)).Code,
            t => t.BaseType!.GetGenericArguments()[0], StringComparer.Ordinal);

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
}
