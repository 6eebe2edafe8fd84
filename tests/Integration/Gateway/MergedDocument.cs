using System.Diagnostics;
using System.Text.Json.Nodes;
using Mpp.Gateway.Routing;
using Mpp.Hosting.Auth;

namespace Mpp.Integration.Gateway;

/// <summary>
/// The OpenAPI document of the whole mall: of each service's own document that part which the gateway's route table
/// makes public.
/// </summary>
internal static class MergedDocument
{
    private const string Prefix = "#/components/";

    /// <summary>Each service knows its own; the document has those of all.</summary>
    private static readonly string[] Growing = ["ProblemType", "ErrorCode"];

    private const string Introduction = """
        One API in front of the agencies of a public service mall (Mal Pelayanan Publik): file one application for a
        package of services, follow it, and hear of every change.

        Errors are problems in the form of RFC 9457. Their `type` is stable: programs compare it. 400 is a request that
        cannot be read, 422 one that can be read but has a field that cannot be accepted; `errors` names the field by
        JSON Pointer. Every answer has its trace id in the header `Trace-Id`: quote it when asking for help. After 429
        and 503 wait as long as `Retry-After` says.
        """;

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Applications", "File an application, follow it, and act on it"),
        ("Catalogue", "What can be applied for: packages, services and agencies, and what would be missing"),
        ("Payments", "Bills, for banks and operators"),
        ("Identity", "Tokens for programs; not there where a mall has another issuer"),
        ("Sandbox", "Invented people and a clock that can be moved; not there in production"),
    ];

    public static JsonObject Merge(IReadOnlyDictionary<string, JsonNode> services)
    {
        var paths = new JsonObject();
        var components = new Components();
        foreach (var route in PublicRoute.Table.Where(route => !route.IsPage))
        {
            var document = services[route.Service];
            var operation = document["paths"]?[route.Path]?[route.Method.ToLowerInvariant()]
                ?? throw new InvalidOperationException(
                    $"{route.Service} does not describe {route.Method} {route.Path}, which the gateway makes public.");
            CheckAccess(route, operation);
            Publish(paths, route.Path, route.Method.ToLowerInvariant(), operation);
            components.Collect(operation, document, route.Service);
        }

        // What the gateway answers itself.
        foreach (var (path, item) in services["gateway"]["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                Publish(paths, path, method, operation!);
                components.Collect(operation, services["gateway"], "gateway");
            }
        }

        var all = components.ToJson();
        all["securitySchemes"] = new JsonObject { ["token"] = SecurityScheme() };
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "MPP Digital",
                ["version"] = "v1",
                ["description"] = Introduction,
                ["contact"] = new JsonObject { ["name"] = "The mall's operators" },
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject
            {
                ["url"] = "/",
                ["description"] = "This mall, a sandbox or in production",
                ["x-internal"] = false,
            }),
            ["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject
            {
                ["name"] = tag.Name,
                ["description"] = tag.Description,
            })]),
            ["paths"] = paths,
            ["components"] = all,
        };
    }

    private static void Publish(JsonObject paths, string path, string method, JsonNode operation)
    {
        if (paths[path] is not JsonObject item)
        {
            paths[path] = item = [];
        }

        var published = operation.DeepClone();
        published["security"] ??= new JsonArray(); // anonymous, by word
        item[method] = published;
    }

    /// <summary>Asks a service's program for its document; no service runs for it.</summary>
    /// <param name="assembly">The program.</param>
    /// <param name="settings">What it must be told to know all that it has.</param>
    public static async Task<JsonNode> OfAsync(string assembly, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, "openapi"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Sandbox";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0
            // What was logged meanwhile stands before it.
            ? JsonNode.Parse(output[output.IndexOf("{\n", StringComparison.Ordinal)..])!
            : throw new InvalidOperationException($"{assembly} openapi: {output}{await error}");
    }

    /// <summary>What the gateway asks for and what the service asks for must be the same.</summary>
    private static void CheckAccess(PublicRoute route, JsonNode operation)
    {
        var scopes = operation["security"]?.AsArray().SelectMany(requirement => requirement!["token"]!.AsArray())
            .Select(scope => scope!.GetValue<string>()).ToList() ?? [];
        string[] expected = route.Access.RequiredScope is { } scope ? [scope] : [];
        if (!scopes.SequenceEqual(expected, StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"{route.Method} {route.Path} asks for [{string.Join(' ', expected)}] "
                + $"at the gateway and for [{string.Join(' ', scopes)}] at {route.Service}.");
        }
    }

    /// <summary>What the operations refer to, by section and name.</summary>
    private sealed class Components
    {
        private readonly SortedDictionary<string, SortedDictionary<string, JsonNode>> _all =
            new(StringComparer.Ordinal);

        private readonly HashSet<(string Service, string Section, string Name)> _met = [];

        public JsonObject ToJson() => new(_all.Select(section => KeyValuePair.Create(
            section.Key, (JsonNode?)new JsonObject(section.Value.Select(
                component => KeyValuePair.Create(component.Key, (JsonNode?)component.Value.DeepClone()))))));

        public void Collect(JsonNode? node, JsonNode document, string service)
        {
            switch (node)
            {
                case JsonObject inner:
                    foreach (var (name, value) in inner)
                    {
                        if (name == "$ref" && value is JsonValue text && text.TryGetValue<string>(out var reference)
                            && reference.StartsWith(Prefix, StringComparison.Ordinal))
                        {
                            Add(reference[Prefix.Length..].Split('/'), document, service);
                        }
                        else
                        {
                            Collect(value, document, service);
                        }
                    }

                    break;
                case JsonArray array:
                    foreach (var element in array)
                    {
                        Collect(element, document, service);
                    }

                    break;
            }
        }

        private void Add(string[] path, JsonNode document, string service)
        {
            var (section, name) = (path[0], path[1]);
            if (!_met.Add((service, section, name)))
            {
                return;
            }

            var component = document["components"]![section]![name]!;
            Collect(component, document, service);
            if (!_all.TryGetValue(section, out var known))
            {
                _all[section] = known = new(StringComparer.Ordinal);
            }

            if (known.TryAdd(name, component))
            {
                return;
            }

            if (Growing.Contains(name, StringComparer.Ordinal))
            {
                known[name] = known[name].DeepClone();
                known[name]["enum"] = new JsonArray([.. known[name]["enum"]!.AsArray()
                    .Concat(component["enum"]!.AsArray()).Select(value => (string)value!).Distinct()
                    .Order(StringComparer.Ordinal).Select(value => JsonValue.Create(value))]);
            }
            else if (!JsonNode.DeepEquals(known[name], component))
            {
                throw new InvalidOperationException(
                    $"{service} has {name} in its {section}, and it differs from another service's: rename the type.");
            }
        }
    }

    private static JsonObject SecurityScheme() => new()
    {
        ["type"] = "oauth2",
        ["description"] = "A JSON Web Token for a program (client credentials), checked as RFC8725 wants. "
            + "The address is that of the mall's own issuer; a mall with another one names it here.",
        ["flows"] = new JsonObject
        {
            ["clientCredentials"] = new JsonObject
            {
                ["tokenUrl"] = "/identity/token",
                ["scopes"] = new JsonObject(KnownScopes.All.Select(
                    scope => KeyValuePair.Create(scope.Key, (JsonNode?)JsonValue.Create(scope.Value)))),
            },
        },
    };
}
