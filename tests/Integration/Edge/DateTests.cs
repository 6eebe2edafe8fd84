using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Contracts;
using Mpp.Support.Inputs;
using Shouldly;

namespace Mpp.Integration.Edge;

/// <summary>
/// Every date that the published documents have a place for is in its range, or refused by its place.
/// </summary>
[Collection(EdgeTestCollection.Name)]
public sealed class DateTests(EdgeFixture fixture)
{
    private static readonly string?[] Codes = ["out-of-range", "in-the-future", "invalid-date"];

    [Fact]
    public async Task A_date_out_of_its_range_in_any_field_of_any_package_is_refused_by_its_pointer()
    {
        var (stored, fields) = (await fixture.StoredAsync(), 0);
        var today = TimeProvider.System.Today(RegionCode.Parse("74.02"));
        foreach (var package in await fixture.PackagesAsync())
        {
            var (schema, input) = (package["input"]!, SchemaSample.Of(package["input"]!));
            foreach (var (pointer, leaf) in SchemaSample.Leaves(schema).Where(l => SchemaSample.IsDate(l.Schema)))
            {
                fields++;
                leaf.AsObject().ShouldContainKey(DateRange.EarliestKeyword, pointer);
                leaf.AsObject().ShouldContainKey(DateRange.LatestKeyword, pointer);
                var range = DateRange.Of(JsonElement.Parse(leaf.ToJsonString()));
                var (from, to) = (range.Earliest.On(today), range.Latest.On(today));
                // The region's day may turn while the test runs.
                foreach (var (date, good) in ((DateOnly, bool)[])[
                    (from.AddDays(1), true), (to, true), (from.AddDays(-1), false), (to.AddDays(2), false),
                    (DateOnly.MinValue, false), (DateOnly.MaxValue, false)])
                {
                    await TriedAsync((string)package["code"]!, SchemaSample.With(
                        input, pointer, $"\"{date:yyyy-MM-dd}\""), $"/input{pointer}", good);
                }
            }
        }

        fields.ShouldBeGreaterThan(6);
        (await fixture.StoredAsync()).ShouldBe(stored, "nothing is stored of what is refused");
    }

    [Fact]
    public async Task A_moment_or_a_day_out_of_its_range_in_any_body_is_refused_by_its_pointer()
    {
        var (stored, places) = (await fixture.StoredAsync(), new List<string>());
        // All else is good, so that it is the date that is refused.
        var known = new Dictionary<string, JsonNode>(fixture.Known, StringComparer.Ordinal)
        {
            ["dueAt"] = TimeProvider.System.GetUtcNow().AddDays(30).ToString("O"),
        };
        foreach (var operation in fixture.Operations.Where(o => o.HasBody))
        {
            foreach (var (format, values) in ((string, string[])[])[
                ("date-time", ["0001-01-01T00:00:00Z", "1899-12-31T23:59:59+08:00", "2200-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-12:00"]),
                ("date", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])])
            {
                foreach (var pointer in operation.BodyPlaces(format))
                {
                    places.Add(pointer);
                    foreach (var value in values)
                    {
                        for (var turn = 0; turn < 5; turn++)
                        {
                            var answer = await fixture.SendAsync(operation.Method, operation.Address(fixture.Known),
                                Encoding.UTF8.GetBytes(SchemaSample.With(
                                    operation.Body("Contoh", 1, known, turn)!, pointer, $"\"{value}\"")));
                            answer.ShouldBeProblem($"{operation} {pointer} {value}",
                                HttpStatusCode.UnprocessableEntity, "invalid-request")
                                .GetProperty("errors").EnumerateArray()
                                .ShouldContain(e => e.GetProperty("pointer").GetString() == pointer
                                    && Codes.Contains(e.GetProperty("code").GetString()),
                                    $"{operation} {pointer} {value}: {answer.Text}");
                        }
                    }
                }
            }
        }

        places.Count.ShouldBeGreaterThan(2);
        (await fixture.StoredAsync()).ShouldBe(stored, "nothing is stored of what is refused");
    }

    private async Task TriedAsync(string package, string input, string pointer, bool good)
    {
        foreach (var (address, body) in ((string, string)[])[
            ("/v1/applications",
                $$"""{"package":"{{package}}","region":"74.02","channel":"somehow","input":{{input}}}"""),
            ($"/v1/packages/{package}/precheck", $$"""{"region":"74.02","input":{{input}}}""")])
        {
            var answer = await fixture.SendAsync("POST", address, Encoding.UTF8.GetBytes(body));
            var what = $"{address} {package} {pointer} {input}";
            var named = (answer.ShouldBeHarmless(what) is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("errors", out var errors)
                ? errors.EnumerateArray().Select(e => e.GetProperty("pointer").GetString())
                : []).Contains(pointer, StringComparer.Ordinal);
            named.ShouldBe(!good, what);
            if (!good)
            {
                answer.ShouldBeProblem(what, HttpStatusCode.UnprocessableEntity, "invalid-request");
            }
        }
    }
}
