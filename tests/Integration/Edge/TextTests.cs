using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Support.Inputs;
using Shouldly;

namespace Mpp.Integration.Edge;

/// <summary>The one rule for texts, in every place that the published documents have for one.</summary>
[Collection(EdgeTestCollection.Name)]
public sealed class TextTests(EdgeFixture fixture)
{
    private const string Mark = "the text stands here";

    [Fact]
    public async Task A_bad_text_in_any_field_of_any_package_is_refused_by_its_pointer()
    {
        var stored = await fixture.StoredAsync();
        var fields = 0;
        foreach (var package in await fixture.PackagesAsync())
        {
            var (schema, input) = (package["input"]!, SchemaSample.Of(package["input"]!));
            foreach (var (pointer, _) in SchemaSample.Leaves(schema).Where(l => SchemaSample.IsText(l.Schema)))
            {
                fields++;
                foreach (var bad in BadText.All)
                {
                    await RefusedAsync((string)package["code"]!, SchemaSample.With(input, pointer, bad.Json),
                        $"/input{pointer}", bad);
                }
            }
        }

        fields.ShouldBeGreaterThan(40);
        (await fixture.StoredAsync()).ShouldBe(stored, "nothing is stored of what is refused");
    }

    [Fact]
    public async Task A_bad_text_in_any_body_is_refused_by_its_pointer()
    {
        var stored = await fixture.StoredAsync();
        var places = 0;
        foreach (var operation in fixture.Operations.Where(o => o.HasBody))
        {
            // Every member is there, and free JSON as well.
            var body = operation.Body("Contoh", 1)!;
            foreach (var pointer in Texts(body, ""))
            {
                places++;
                foreach (var bad in BadText.All)
                {
                    var answer = await fixture.SendAsync(operation.Method, operation.Address(fixture.Known),
                        Encoding.UTF8.GetBytes(SchemaSample.With(body, pointer, bad.Json)));
                    ShouldName(answer, $"{operation} {pointer}: {bad}", pointer, bad);
                }
            }
        }

        places.ShouldBeGreaterThan(20);
        (await fixture.StoredAsync()).ShouldBe(stored, "nothing is stored of what is refused");
    }

    [Fact]
    public async Task A_bad_text_in_any_place_of_an_address_is_refused()
    {
        foreach (var operation in fixture.Operations)
        {
            foreach (var bad in BadText.All.Where(b => b.Code != "too-long" && !b.Json.Contains("ud800b")))
            {
                var text = JsonSerializer.Deserialize<string>(bad.Json)!;
                foreach (var name in operation.Parameters("query"))
                {
                    var answer = await fixture.SendAsync(operation.Method,
                        $"{operation.Address(fixture.Known)}?{name}={Uri.EscapeDataString(text)}",
                        operation.HasBody ? "{}"u8.ToArray() : null);
                    answer.ShouldBeProblem($"{operation} {name}: {bad}", HttpStatusCode.BadRequest, "bad-request")
                        .GetProperty("parameters").EnumerateArray()
                        .ShouldContain(p => p.GetProperty("name").GetString() == name);
                }

                foreach (var name in operation.Parameters("path").Where(_ => text.Trim().Length > 0))
                {
                    var places = new Dictionary<string, JsonNode>(fixture.Known, StringComparer.Ordinal)
                    {
                        [name] = text,
                    };
                    var answer = await fixture.SendAsync(operation.Method, operation.Address(places),
                        operation.HasBody ? "{}"u8.ToArray() : null);
                    answer.ShouldBeHarmless($"{operation} {name}: {bad}");
                    ((int)answer.Status).ShouldBeInRange(400, 499, $"{operation} {name}: {bad} {answer.Text}");
                }
            }
        }
    }

    [Fact]
    public async Task What_looks_alike_is_one_request_and_is_stored_as_one_text()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await FileAsync("  Siti  Ande\u0301 ", key);
        var repeat = await FileAsync("Siti And\u00e9", key);

        first.Status.ShouldBe(HttpStatusCode.Created, first.Text);
        repeat.Headers.ShouldContainKey("Idempotent-Replayed");
        var number = JsonElement.Parse(first.Text).GetProperty("number").GetString()!;
        (await fixture.InputOfAsync(number)).GetProperty("applicant").GetProperty("name").GetString()
            .ShouldBe("Siti And\u00e9");
    }

    [Fact]
    public async Task What_an_operator_writes_is_stored_as_it_is_compared()
    {
        var acts = fixture.Operations.Single(o => o.Path.EndsWith("/acts", StringComparison.Ordinal));
        var answer = await fixture.SendAsync(acts.Method, acts.Address(fixture.Known),
            Encoding.UTF8.GetBytes("""{"act":"retry","reason":"  Konawe\u0301   menunggu "}"""));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var timeline = await fixture.SendAsync("GET", $"/v1/applications/{fixture.Known["number"]}/timeline");
        timeline.Text.ShouldContain("Konaw\u00e9 menunggu");
    }

    private Task<EdgeAnswer> FileAsync(string name, (string, string) key)
    {
        var body = new JsonObject
        {
            ["package"] = "job-seeker",
            ["region"] = "74.02",
            ["channel"] = "counter",
            ["input"] = new JsonObject
            {
                ["applicant"] = new JsonObject
                {
                    ["nik"] = "7402422010840001",
                    ["name"] = name,
                    ["birthDate"] = "1984-10-20",
                    ["familyCardNumber"] = "7402422405070001",
                },
                ["purpose"] = "private-employment",
            },
        };
        return fixture.SendAsync(
            "POST", "/v1/applications", Encoding.UTF8.GetBytes(body.ToJsonString()), headers: key);
    }

    private async Task RefusedAsync(string package, string input, string pointer, BadText bad)
    {
        foreach (var (address, body) in ((string, string)[])[
            ("/v1/applications",
                $$"""{"package":"{{package}}","region":"74.02","channel":"counter","input":{{input}}}"""),
            ($"/v1/packages/{package}/precheck", $$"""{"region":"74.02","input":{{input}}}""")])
        {
            ShouldName(await fixture.SendAsync("POST", address, Encoding.UTF8.GetBytes(body)),
                $"{address} {package} {pointer}: {bad}", pointer, bad);
        }
    }

    private static void ShouldName(EdgeAnswer answer, string what, string pointer, BadText bad) =>
        answer.ShouldBeProblem(what, HttpStatusCode.UnprocessableEntity, "invalid-request")
            .GetProperty("errors").EnumerateArray().ShouldContain(e =>
                e.GetProperty("pointer").GetString() == pointer && e.GetProperty("code").GetString() == bad.Code, what);

    private static IEnumerable<string> Texts(JsonNode? node, string pointer) => node switch
    {
        JsonObject o => o.SelectMany(member => Texts(member.Value, $"{pointer}/{member.Key}")),
        JsonArray a => a.SelectMany((item, i) => Texts(item, $"{pointer}/{i}")),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => [pointer],
        _ => [],
    };
}
