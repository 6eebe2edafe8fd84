using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mpp.Sandbox;
using Mpp.Support.Inputs;
using Shouldly;
using Xunit.Abstractions;

namespace Mpp.Integration.Edge;

/// <summary>
/// Requests made at random out of the published document, good ones with something wrong in them: whatever comes, it is
/// no fault of ours, and nobody is in the logs. <c>MPP_FUZZ_REQUESTS</c> in the environment makes it try more, and
/// <c>MPP_FUZZ_SEED</c> the same once more.
/// </summary>
[Collection(EdgeTestCollection.Name)]
public sealed class FuzzTests(EdgeFixture fixture, ITestOutputHelper output)
{
    private const int AtOnce = 4;

    /// <summary>Stands in for a value until the JSON is text, where it becomes anything.</summary>
    private const string Mark = "the other thing stands here";

    private static readonly IReadOnlyList<Person> Everybody = Population.Generate(300);

    private static readonly Person[] People = [.. Everybody.Take(100)];

    private static readonly string[] Values =
    [
        "null", "true", "{}", "[]", "[[[[[[[[]]]]]]]]", "0", "-1", "1e999", "-0.0", "9223372036854775808", "01", "NaN",
        "\"\"", "\"0001-01-01\"", "\"9999-12-31T23:59:59Z\"", "\"2026-02-30\"", "\"../../etc/passwd\"",
        "\"' OR 1=1 --\"",
        "\"\\ud800\"", "\"%00\"", "\"${jndi:x}\"", "\"{0}\"", "\"\\\\\"", "", "}", "{\"a\":1,\"a\":2}",
        "\"" + new string('x', 5000) + "\"", .. BadText.All.Select(bad => bad.Json),
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-8", "application/json;charset=\"utf-8\"",
        "application/merge-patch+json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
        "application/json; charset=utf-7", "application/json; charset=", "application/json; a=b; a=b", "x/y",
    ];

    private Dictionary<string, JsonNode> _forms = [];

    [Fact]
    public async Task Whatever_comes_is_no_fault_of_ours_and_nobody_is_in_the_logs()
    {
        var seed = Number("MPP_FUZZ_SEED") ?? Random.Shared.Next();
        var requests = Number("MPP_FUZZ_REQUESTS") ?? 1_000;
        output.WriteLine($"MPP_FUZZ_SEED={seed} MPP_FUZZ_REQUESTS={requests}");
        _forms = (await fixture.PackagesAsync()).ToDictionary(p => (string)p["code"]!, p => p["input"]!);
        var before = fixture.Log.Lines.Count;
        var statuses = new Dictionary<int, int>();

        foreach (var part in Enumerable.Range(0, requests).Chunk(AtOnce))
        {
            foreach (var status in await Task.WhenAll(part.Select(number => TryAsync(seed, number))))
            {
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }
        }

        output.WriteLine(string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        statuses.Keys.ShouldContain(422, "the requests come as far as the fields");
        statuses.Keys.ShouldContain(200, "some lead somewhere");
        statuses.Keys.ShouldContain(201, "some are filed");
        var said = string.Join('\n', fixture.Log.Lines.Skip(before));
        People.Where(p => said.Contains(p.Nik.Value, StringComparison.Ordinal)
            || said.Contains(p.Name, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty($"seed {seed}");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private async Task<int> TryAsync(int seed, int number)
    {
        // Each request has its own numbers, so that one can be made again without those before it.
        var random = new Random(unchecked(seed ^ (number * (int)0x9E3779B9)));
        var operation = Any(random, fixture.Operations);
        var person = Any(random, People);
        var address = Address(random, operation, person);
        var body = operation.HasBody ? Body(random, operation, person) : null;
        var type = random.Next(10) == 0 ? Any(random, Types) : "application/json";
        (string, string)[] headers = random.Next(4) == 0 ? [(Header(random, operation), Value(random, person))] : [];

        var answer = await fixture.SendAsync(operation.Method, address, body, type, headers: headers);

        answer.ShouldBeHarmless($"seed {seed}, request {number}: {operation} {address}");
        return (int)answer.Status;
    }

    private string Address(Random random, PublishedOperation operation, Person person)
    {
        var path = random.Next(4) == 0
            ? operation.Address(Any(random, ["x", "%20", person.Nik.Value, "..", "a/b", "\u3164", "-1"]))
            : operation.Address(fixture.Known);
        var query = operation.Parameters("query").Append("unknown").Where(_ => random.Next(3) == 0)
            .Select(name => $"{name}={Uri.EscapeDataString(Value(random, person))}").ToList();
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private byte[] Body(Random random, PublishedOperation operation, Person person)
    {
        var example = Any(random, Examples.All);
        var known = new Dictionary<string, JsonNode>(fixture.Known, StringComparer.Ordinal)
        {
            ["package"] = example.Package,
            ["input"] = Input(random, example, _forms[example.Package]),
        };
        var body = operation.Body(
            random.Next(2) == 0 ? person.Name : "Contoh", JsonValue.Create(random.Next(3)), known, random.Next(5))!;
        if (random.Next(2) == 0)
        {
            // Without what nobody has to say, an applicant's own form is accepted.
            body.AsObject().Remove("representation");
        }

        for (var changes = random.Next(3); changes > 0 && Places(body, "").ToList() is { Count: > 0 } places; changes--)
        {
            body = JsonNode.Parse(SchemaSample.With(body, Any(random, places), $"\"{Mark}\""))!;
        }

        var text = body.ToJsonString();
        while (text.IndexOf($"\"{Mark}\"", StringComparison.Ordinal) is >= 0 and var at)
        {
            text = text.Remove(at, Mark.Length + 2).Insert(at, Json(random, person));
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        switch (random.Next(12))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                break;
        }

        return bytes;
    }

    /// <summary>A person for whom the form leads somewhere, and a value for the rest of it.</summary>
    private static JsonObject Input(Random random, Example example, JsonNode form)
    {
        var input = Any(random, [.. example.People(Everybody).Take(5)]).Input.DeepClone().AsObject();
        foreach (var (name, schema) in form["properties"]!.AsObject())
        {
            if (!input.ContainsKey(name) && (random.Next(3) == 0
                || form["required"]!.AsArray().Any(required => (string?)required == name)))
            {
                input[name] = SchemaSample.Of(schema!);
            }
        }

        return input;
    }

    private static IEnumerable<string> Places(JsonNode? node, string pointer) => node switch
    {
        JsonObject o => o.SelectMany(m => Places(m.Value, $"{pointer}/{m.Key}").Append($"{pointer}/{m.Key}")),
        JsonArray a => a.SelectMany((item, i) => Places(item, $"{pointer}/{i}")),
        _ => [],
    };

    private static string Header(Random random, PublishedOperation operation) => Any(random,
        [
            .. operation.Parameters("header"), "Accept", "Accept-Language", "Idempotency-Key", "If-Match",
            "If-None-Match", "User-Agent", "traceparent", "tracestate", "baggage", "Last-Event-ID", "Range",
            "X-Forwarded-For",
        ]);

    private static string Value(Random random, Person person) => random.Next(3) switch
    {
        0 => person.Nik.Value,
        1 => new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(0x20, 0x7f))]),
        _ => Any(random, ["*", "\"7-id\"", "W/\"1\"", "0", "-1", "99999999999999999999", "true", "Konawé",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "cc-4bf92f3577b34da6a3ce929d0e0e4736-1-01"]),
    };

    private static string Json(Random random, Person person) => random.Next(4) switch
    {
        0 => $"\"{person.Nik.Value}\"",
        1 => person.Nik.Value,
        _ => Any(random, Values),
    };

    private static T Any<T>(Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
