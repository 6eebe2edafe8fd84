using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class PeopleTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Path = "/sandbox/people";

    private readonly GatewayHost _gateway = fixture.Gateway;

    [Fact]
    public async Task Every_example_has_somebody_to_try_it_with()
    {
        var items = await ItemsAsync(_gateway, Path);

        items.Select(i => i.GetProperty("goodFor").GetString()).ShouldBe(Examples.All.Select(e => e.Code));
        items.ShouldAllBe(i => i.GetProperty("people").GetArrayLength() >= 1
            && i.GetProperty("people").GetArrayLength() <= 3 && i.GetProperty("count").GetInt32() >= 1);
    }

    [Fact]
    public async Task One_example_is_asked_for_with_as_many_people_as_wanted()
    {
        var example = (await ItemsAsync(_gateway, $"{Path}?for=inactive-jkn&limit=5")).ShouldHaveSingleItem();

        var people = example.GetProperty("people").EnumerateArray().ToList();
        people.Count.ShouldBe(5);
        var known = Population.Generate().ToDictionary(p => p.Nik.Value);
        people.ShouldAllBe(p => known[p.GetProperty("nik").GetString()!].Jkn.Status == JknStatus.Inactive);
        var first = people[0];
        var applicant = first.GetProperty("input").GetProperty("applicant");
        foreach (var field in (string[])["nik", "name", "birthDate", "familyCardNumber"])
        {
            applicant.GetProperty(field).GetString().ShouldBe(first.GetProperty(field).GetString());
        }
    }

    [Fact]
    public async Task The_list_has_the_people_whom_the_agencies_have()
    {
        await using var small = await GatewayHost.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Sandbox:People"] = "200" });

        var example = (await ItemsAsync(small, $"{Path}?for=job-seeker&limit=1")).ShouldHaveSingleItem();

        example.GetProperty("count").GetInt32().ShouldBe(Population.JobSeekers(Population.Generate(200)).Count());
    }

    [Theory]
    [InlineData("?for=nobody", "inactive-jkn")]
    [InlineData("?limit=0", "1 to 100")]
    [InlineData("?limit=101", "1 to 100")]
    public async Task What_is_not_on_the_list_is_a_problem_that_says_what_is(string query, string said)
    {
        var problem = await _gateway.SendAsync(HttpMethod.Get, Path + query)
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-request");

        problem.GetProperty("detail").GetString()!.ShouldContain(said);
    }

    [Fact]
    public async Task Outside_the_sandbox_there_is_no_such_address()
    {
        await using var gateway = await GatewayHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Auth:Authority"] = "https://issuer.test",
        }, "Staging");

        Routes(gateway).ShouldNotContain(Path);
        Routes(_gateway).ShouldContain(Path);
        using var answer = await gateway.SendAsync(HttpMethod.Get, Path);
        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    private static IEnumerable<string?> Routes(GatewayHost gateway) =>
        gateway.Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText);

    private static async Task<List<JsonElement>> ItemsAsync(GatewayHost gateway, string path)
    {
        using var answer = await gateway.SendAsync(HttpMethod.Get, path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return [.. JsonElement.Parse(text).GetProperty("items").EnumerateArray()];
    }
}
