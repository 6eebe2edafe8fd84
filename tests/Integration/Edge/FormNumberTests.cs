using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.Edge;

/// <summary>A number that is too large for any place is told by its place, wherever it stands.</summary>
[Collection(EdgeTestCollection.Name)]
public sealed class FormNumberTests(EdgeFixture fixture)
{
    private const string Mark = "the number stands here";

    private static readonly string[] Numbers =
    [
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
        "9007199254740992", "7402422010840001000", "1e308", "1e309", "-1e309", "1E+400", "1e-400",
        "123456789012345678901234567890123456789012345678901234567890", "0.1e1000000000",
    ];

    [Fact]
    public async Task In_any_place_of_any_body_it_is_no_fault_of_ours()
    {
        foreach (var operation in fixture.Operations.Where(o => o.HasBody))
        {
            foreach (var number in Numbers)
            {
                var body = operation.Body("text", JsonValue.Create(Mark))!.ToJsonString()
                    .Replace($"\"{Mark}\"", number, StringComparison.Ordinal);
                (await fixture.SendAsync(operation, body)).ShouldBeHarmless($"{operation} {body}");
            }
        }
    }

    [Fact]
    public async Task In_any_field_of_any_package_it_is_refused_by_its_pointer()
    {
        var packages = Examples.All.DistinctBy(e => e.Package).ToList();
        packages.Count.ShouldBeGreaterThan(3);
        var population = Population.Generate(300);
        foreach (var example in packages)
        {
            var input = example.People(population).First().Input;
            foreach (var pointer in Leaves(input, "").Append("/nowhere"))
            {
                foreach (var number in (string[])["9223372036854775808", "-9223372036854775809", "1e309"])
                {
                    var body = Submission(example.Package, input, pointer, number);
                    foreach (var address in (string[])[
                        "/v1/applications", $"/v1/packages/{example.Package}/precheck"])
                    {
                        var sent = address.EndsWith("/precheck", StringComparison.Ordinal)
                            ? JsonElement.Parse(body) : default;
                        var answer = await fixture.SendAsync("POST", address, Encoding.UTF8.GetBytes(
                            sent.ValueKind is JsonValueKind.Object
                                ? $$"""{"region":"74.02","input":{{sent.GetProperty("input").GetRawText()}}}"""
                                : body));

                        answer.ShouldBeProblem($"{address} {pointer}", HttpStatusCode.UnprocessableEntity,
                            "invalid-request").GetProperty("errors").EnumerateArray()
                            .ShouldContain(e => e.GetProperty("pointer").GetString() == $"/input{pointer}");
                        answer.Text.ShouldNotContain(number);
                    }
                }
            }
        }
    }

    private static string Submission(string package, JsonObject input, string pointer, string number)
    {
        var changed = input.DeepClone().AsObject();
        JsonNode at = changed;
        var names = pointer.Split('/')[1..];
        foreach (var name in names[..^1])
        {
            at = at is JsonArray list
                ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : at[name]!;
        }

        if (at is JsonArray array)
        {
            array[int.Parse(names[^1], System.Globalization.CultureInfo.InvariantCulture)] = Mark;
        }
        else
        {
            at[names[^1]] = Mark;
        }

        return new JsonObject
        {
            ["package"] = package,
            ["region"] = "74.02",
            ["channel"] = "counter",
            ["input"] = changed,
        }.ToJsonString().Replace($"\"{Mark}\"", number, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Leaves(JsonNode? node, string pointer) => node switch
    {
        JsonObject o => o.SelectMany(member => Leaves(member.Value, $"{pointer}/{member.Key}")),
        JsonArray a => a.SelectMany((item, i) => Leaves(item, $"{pointer}/{i}")),
        _ => [pointer],
    };
}
