using System.Text.Json.Nodes;
using System.Text;
using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Loading;
using Shouldly;

namespace Mpp.Unit.Catalogue;

/// <summary>A small set of definitions without a fault, to put one fault into.</summary>
internal sealed class DefinitionSet
{
    public const string Package = "packages/trip.v1.json";
    public const string Check = "services/office/check.json";
    public const string Issue = "services/office/issue.json";

    private readonly Dictionary<string, JsonNode> _files = new(StringComparer.Ordinal)
    {
        ["agencies.json"] = JsonNode.Parse(
            """{"agencies":[{"code":"office","name":{"id":"Kantor","en":"Office"}}]}""")!,
        [Check] = JsonNode.Parse("""
            {
              "code": "office/check", "name": { "id": "Pemeriksaan", "en": "Check" },
              "input": { "type": "object", "properties": { "nik": { "type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16 }, "note": { "type": "string", "maxLength": 64 } }, "required": ["nik"], "additionalProperties": false },
              "output": { "type": "object", "properties": { "risk": { "type": "string", "enum": ["low", "high"] }, "score": { "type": "integer", "minimum": 0, "maximum": 10 }, "remark": { "type": "string", "maxLength": 64 } }, "required": ["risk", "score"], "additionalProperties": false },
              "identifies": "nik",
              "requirements": [{ "code": "known", "text": { "id": "Terdaftar", "en": "Known" }, "legalBasis": "UU 1/2000" }]
            }
            """)!,
        [Issue] = JsonNode.Parse("""
            {
              "code": "office/issue", "name": { "id": "Penerbitan", "en": "Issue" },
              "input": { "type": "object", "properties": { "nik": { "type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16 }, "risk": { "type": "string", "enum": ["low", "high"] }, "days": { "type": "integer" }, "guideNik": { "type": "string", "maxLength": 64 } }, "required": ["nik", "risk"], "additionalProperties": false },
              "output": { "type": "object", "properties": { "number": { "type": "string", "maxLength": 64 } }, "required": ["number"], "additionalProperties": false },
              "documents": ["pass"], "feeRupiah": 30000, "legalBasis": ["UU 1/2000"]
            }
            """)!,
        [Package] = JsonNode.Parse("""
            {
              "code": "trip", "version": 1, "title": { "id": "Perjalanan", "en": "Trip" }, "description": { "id": "Surat jalan.", "en": "A travel pass." },
              "input": { "type": "object", "properties": {
                  "nik": { "type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16 }, "days": { "type": "integer" },
                  "guide": { "type": "object", "properties": { "nik": { "type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16 } }, "required": ["nik"], "additionalProperties": false } },
                "required": ["nik", "days"], "additionalProperties": false },
              "labels": { "/nik": { "id": "NIK", "en": "NIK" }, "/days": { "id": "Hari", "en": "Days" }, "/guide/nik": { "id": "NIK pemandu", "en": "Guide's NIK" } },
              "retention": { "days": 30 },
              "steps": [
                { "id": "check", "service": "office/check", "inputs": { "nik": "/input/nik" } },
                { "id": "guide", "service": "office/check", "when": { "value": "/input/guide", "exists": true }, "inputs": { "nik": "/input/guide/nik" } },
                { "id": "issue", "service": "office/issue", "needs": ["check", "guide"], "deadline": { "duration": 1, "unit": "working-days", "onLapse": "escalate" },
                  "inputs": { "nik": "/input/nik", "risk": "/steps/check/risk", "days": "/input/days", "guideNik": "/input/guide/nik" }, "pivot": true }
              ]
            }
            """)!,
    };

    /// <summary>Puts a value where a pointer leads; <c>/-</c> at its end adds to an array.</summary>
    public DefinitionSet With(string file, string pointer, string json)
    {
        var (parent, last) = Parent(file, pointer);
        var value = JsonNode.Parse(json);
        switch (parent)
        {
            case JsonArray array when last == "-":
                array.Add(value);
                break;
            case JsonArray array:
                array[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = value;
                break;
            default:
                parent[last] = value;
                break;
        }

        return this;
    }

    public DefinitionSet Without(string file, string pointer)
    {
        var (parent, last) = Parent(file, pointer);
        parent.AsObject().Remove(last).ShouldBeTrue();
        return this;
    }

    /// <summary>Adds a copy of a file, changed at <c>/version</c>.</summary>
    public DefinitionSet WithVersion(int version, string file)
    {
        _files[file] = _files[Package].DeepClone();
        return With(file, "/version", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public DefinitionSet WithoutFile(string file)
    {
        _files.Remove(file).ShouldBeTrue();
        return this;
    }

    public Dictionary<string, byte[]> Files() =>
        _files.ToDictionary(f => f.Key, f => Encoding.UTF8.GetBytes(f.Value.ToJsonString()), StringComparer.Ordinal);

    public IReadOnlyList<Fault> Faults() => FaultsOf(Files());

    public static IReadOnlyList<Fault> FaultsOf(Dictionary<string, byte[]> files) =>
        Should.Throw<InvalidCatalogueException>(() => CatalogueLoader.Load(files)).Faults;

    private (JsonNode Parent, string Last) Parent(string file, string pointer)
    {
        var segments = pointer.Split('/')[1..].Select(s => s.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
        var node = _files[file];
        foreach (var segment in segments[..^1])
        {
            node = node is JsonArray array
                ? array[int.Parse(segment, System.Globalization.CultureInfo.InvariantCulture)]!
                : node[segment]!;
        }

        return (node, segments[^1]);
    }
}
