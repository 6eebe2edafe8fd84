using System.Diagnostics;
using System.Text.Json.Nodes;
using Mpp.Gateway.Routing;

namespace Mpp.Integration.Gateway;

/// <summary>
/// The OpenAPI document of the whole mall: of each service's own document that part which the gateway's route table
/// makes public.
/// </summary>
internal static class MergedDocument
{
    private const string SchemaPrefix = "#/components/schemas/";

    private const string Introduction = """
        One API in front of the agencies of a public service mall (Mal Pelayanan Publik): file one application for a
        package of services, follow it, and hear of every change.

        Errors are problems in the form of RFC 9457. Their `type` is stable: programs compare it. 400 is a request that
        cannot be read, 422 one that can be read but has a field that cannot be accepted; `errors` names the field by
        JSON Pointer. Every answer has its trace id in the header `Trace-Id`: quote it when asking for help. After 429
        and 503 wait as long as `Retry-After` says.
        """;

    public static JsonObject Merge(IReadOnlyDictionary<string, JsonNode> services)
    {
        var paths = new JsonObject();
        var schemas = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var route in PublicRoute.Table)
        {
            var document = services[route.Service];
            var operation = document["paths"]?[route.Path]?[route.Method.ToLowerInvariant()]
                ?? throw new InvalidOperationException(
                    $"{route.Service} does not describe {route.Method} {route.Path}, which the gateway makes public.");
            CheckAccess(route, operation);
            if (paths[route.Path] is not JsonObject item)
            {
                paths[route.Path] = item = [];
            }

            var published = operation.DeepClone();
            published["security"] ??= new JsonArray(); // anonymous, by word
            item[route.Method.ToLowerInvariant()] = published;
            Collect(operation, document, schemas, route.Service);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "MPP Digital",
                ["version"] = "v1",
                ["description"] = Introduction,
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject(
                    schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.DeepClone()))),
                ["securitySchemes"] = new JsonObject { ["token"] = SecurityScheme() },
            },
        };
    }

    /// <summary>Asks a service's program for its document; no service runs for it.</summary>
    public static async Task<JsonNode> OfAsync(string assembly)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, "openapi"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Sandbox";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0
            ? JsonNode.Parse(output)!
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

    private static void Collect(
        JsonNode? node, JsonNode document, SortedDictionary<string, JsonNode> schemas, string service)
    {
        switch (node)
        {
            case JsonObject inner:
                foreach (var (name, value) in inner)
                {
                    if (name == "$ref" && value is JsonValue text && text.TryGetValue<string>(out var reference)
                        && reference.StartsWith(SchemaPrefix, StringComparison.Ordinal))
                    {
                        Add(reference[SchemaPrefix.Length..]);
                    }
                    else
                    {
                        Collect(value, document, schemas, service);
                    }
                }

                break;
            case JsonArray array:
                foreach (var element in array)
                {
                    Collect(element, document, schemas, service);
                }

                break;
        }

        void Add(string name)
        {
            var schema = document["components"]!["schemas"]![name]!;
            if (schemas.TryAdd(name, schema))
            {
                Collect(schema, document, schemas, service);
            }
            else if (!JsonNode.DeepEquals(schemas[name], schema))
            {
                throw new InvalidOperationException(
                    $"{service} has a schema {name} that differs from another service's: rename the type.");
            }
        }
    }

    private static JsonObject SecurityScheme() => new()
    {
        ["type"] = "oauth2",
        ["description"] = "A token for a program (client credentials). "
            + "The address is that of the sandbox; a production mall names its own issuer here.",
        ["flows"] = new JsonObject
        {
            ["clientCredentials"] = new JsonObject
            {
                ["tokenUrl"] = "/sandbox/token",
                ["scopes"] = new JsonObject
                {
                    ["applications.submit"] = "File applications for citizens of the token's region",
                    ["applications.read"] = "Read and follow applications of the token's region",
                    ["payments.read"] = "Read bills by their billing code",
                    ["payments.record"] = "Report payments of bills, for banks",
                    ["payments.operate"] = "See the refunds that are due, for operators",
                    ["payments.refund"] = "Record that a refund was paid back, for operators",
                },
            },
        },
    };
}
