using System.Text;
using System.Text.Json.Nodes;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.Edge;

/// <summary>
/// Everybody in the sandbox, thrown at every operation in every place that a request has: nobody is in what the
/// services write, and nothing is a fault of ours.
/// </summary>
[Collection(EdgeTestCollection.Name)]
public sealed class NothingInLogsTests(EdgeFixture fixture)
{
    private const int AtOnce = 100;

    private static readonly IReadOnlyList<Person> People = Population.Generate();

    [Fact]
    public async Task No_NIK_and_no_name_is_in_any_output()
    {
        var before = fixture.Log.Lines.Count;
        foreach (var operation in fixture.Operations)
        {
            foreach (var part in People.Chunk(AtOnce))
            {
                await InAddressAndHeadersAsync(operation, part[0]);
                if (operation.HasBody)
                {
                    await InBodiesAsync(operation, part);
                }
            }
        }

        foreach (var address in (string[])["/identity/token", "/identity/sign-in", "/sandbox/clock", "/nowhere"])
        {
            foreach (var person in People.Take(AtOnce))
            {
                await InOthersAsync(address, person);
            }
        }

        var lines = fixture.Log.Lines;
        lines.Count.ShouldBeGreaterThan(0, "the log is listened to");
        var said = string.Join('\n', lines.Skip(before));
        People.Where(p => said.Contains(p.Nik.Value, StringComparison.Ordinal)
            || said.Contains(p.Name, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        lines.Skip(before).FirstOrDefault(l => l.Contains(" fail ", StringComparison.Ordinal)
            || l.Contains(" crit ", StringComparison.Ordinal)).ShouldBeNull();
    }

    private async Task InAddressAndHeadersAsync(PublishedOperation operation, Person person)
    {
        var (nik, name) = (person.Nik.Value, Uri.EscapeDataString(person.Name));
        foreach (var value in (string[])[nik, person.Name])
        {
            await SendAsync(operation, operation.Address(value), body: null);
            var query = string.Join('&', operation.Parameters("query").Append(nik).Append(name)
                .Select(p => $"{p}={Uri.EscapeDataString(value)}"));
            await SendAsync(operation, $"{operation.Address()}?{query}", body: null);
            foreach (var known in operation.Parameters("query"))
            {
                await SendAsync(operation, $"{operation.Address()}?{known}={Uri.EscapeDataString(value)}", body: null);
            }

            foreach (var header in operation.Parameters("header").Append("If-None-Match").Append("traceparent"))
            {
                await SendAsync(operation, operation.Address(), operation.HasBody ? "{}" : null, header, value);
            }
        }
    }

    private async Task InBodiesAsync(PublishedOperation operation, Person[] people)
    {
        var niks = new JsonArray([.. people.Select(p => (JsonNode)p.Nik.Value)]);
        var all = new JsonObject(people.SelectMany(p => (IEnumerable<KeyValuePair<string, JsonNode?>>)[
            new(p.Nik.Value, p.Name), new(p.Name + p.Nik.Value, long.Parse(
                p.Nik.Value, System.Globalization.CultureInfo.InvariantCulture))]));
        string[] bodies =
        [
            all.ToJsonString(),
            niks.ToJsonString(),
            $"{{ {string.Join(' ', people.Select(p => p.Name))} }}",
            $"{{ \"{string.Join(' ', people.Select(p => p.Nik.Value))}",
            string.Join(' ', people.Select(p => p.Nik.Value)),
            // In every place of a good form: as a text, as a number, as too large a number, as an object.
            .. people.Take(3).SelectMany(p => (IEnumerable<string>)[
                operation.Body(p.Name, JsonValue.Create(p.Nik.Value))!.ToJsonString(),
                operation.Body(p.Nik.Value, long.Parse(
                    p.Nik.Value, System.Globalization.CultureInfo.InvariantCulture))!.ToJsonString(),
                operation.Body(p.Name, JsonValue.Create("_"))!.ToJsonString()
                    .Replace("\"_\"", p.Nik.Value + p.Nik.Value, StringComparison.Ordinal),
                operation.Body("_", all.DeepClone())!.ToJsonString(),
                operation.Body("_", JsonValue.Create(1))!.ToJsonString().Replace(
                    "\"_\"", $"\"\\u0000{p.Name}\\ud800{p.Nik.Value}\"", StringComparison.Ordinal),
            ]),
        ];
        foreach (var body in bodies)
        {
            await SendAsync(operation, operation.Address(), body);
        }

        foreach (var (person, turn) in people.Select((p, i) => (p, i)))
        {
            await FurtherAsync(operation, person, turn);
        }

        foreach (var type in (string[])["text/plain", $"application/json; charset={people[0].Nik.Value}",
            "application/x-www-form-urlencoded"])
        {
            (await fixture.SendAsync(operation, bodies[0], type)).ShouldBeHarmless($"{operation}");
        }
    }

    /// <summary>
    /// With a package, a region and an application that are there, so that more of it is read; somebody's own data in
    /// turn in one place or another.
    /// </summary>
    private async Task FurtherAsync(PublishedOperation operation, Person person, int turn)
    {
        var nik = person.Nik.Value;
        (string Field, string Value)[] places =
        [
            ("birthDate", nik), ("name", nik + nik), ("nik", $"\"{nik}{person.Name}\""),
            ("familyCardNumber", $"{{\"{person.Name}\":\"{nik}\"}}"), (person.Name, $"\"{nik}\""),
            ("name", $"\"{person.Name}\\u0000\\ud800\""),
        ];
        // What is good is done, and takes its time.
        var (field, value) = turn == 0 ? ("name", $"\"{person.Name}\"") : places[turn % places.Length];
        var applicant = FormParts.Applicant(person)["applicant"]!.DeepClone().AsObject();
        applicant[field] = "_";
        var input = new JsonObject { ["applicant"] = applicant, ["purpose"] = "private-employment" };
        var known = new Dictionary<string, JsonNode>(fixture.Known, StringComparer.Ordinal)
        {
            ["input"] = input,
            ["outputs"] = input,
            ["value"] = input,
        };
        await SendAsync(operation, operation.Address(known), operation.Body(
            person.Name, JsonValue.Create(nik), known, turn)!.ToJsonString()
                .Replace("\"_\"", value, StringComparison.Ordinal));
    }

    private async Task InOthersAsync(string address, Person person)
    {
        var (nik, name) = (person.Nik.Value, Uri.EscapeDataString(person.Name));
        foreach (var (type, body) in ((string, string)[])[
            ("application/x-www-form-urlencoded", $"grant_type={nik}&client_id={name}&client_secret={nik}"),
            ("application/x-www-form-urlencoded", $"client_id=portal&client_secret={nik}&scope={name}&{nik}={name}"),
            ("application/json", $$"""{"advance":"{{nik}}","to":"{{person.Name}}"}"""),
            ("application/json", $$"""{"advance":{{nik}}}"""), ("application/json", nik + person.Name)])
        {
            var answer = await fixture.SendAsync("POST", address, Encoding.UTF8.GetBytes(body), type);
            ((int)answer.Status).ShouldBeLessThan(500, $"{address} {answer.Text}");
        }
    }

    private async Task SendAsync(
        PublishedOperation operation, string address, string? body, string? header = null, string? value = null)
    {
        var answer = await fixture.SendAsync(
            operation.Method, address, body is null ? null : Encoding.UTF8.GetBytes(body),
            headers: header is null ? [] : [(header, value!)]);
        answer.ShouldBeHarmless($"{operation} {address} {header}");
    }
}
