using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.OpenApi;

/// <summary>
/// What a word on the wire means: its form and its limits. One word is one thing in the whole interface, so they stand
/// here once, and a member or parameter is looked up by its name. What is neither a word here nor has limits by the
/// attributes of System.ComponentModel.DataAnnotations cannot be published.
/// </summary>
internal sealed record Word
{
    private const long Safe = Described.Safe;

    private const int MostItems = 1000;

    private static readonly Word Code = Text(64, Codes.Code, "birth");
    private static readonly Word ServiceCode = Text(129, Codes.Service, "civil-registry/birth-certificate");
    private static readonly Word ForPeople = Text(1000);
    private static readonly Word Number = Text(18, ApplicationNumber.Pattern, "7402-261122-K7QX4M");
    private static readonly Word Pointer = Text(
        2 * (int)MppHost.MaxRequestBody, "^(/([^/~]|~[01])*)*$", "/child/name");
    private static readonly Word Rupiah = Count(0, Safe, 100_000);

    /// <summary>By <c>Schema.member</c>, else by the member's or parameter's name.</summary>
    private static readonly Dictionary<string, Word> Words = new(StringComparer.Ordinal)
    {
        ["package"] = Code,
        ["code"] = Code,
        ["id"] = Code with { Example = "birth-certificate" },
        ["step"] = Code with { Example = "birth-certificate" },
        ["skippedBecause"] = Code with { Example = "birth-certificate" },
        ["agency"] = Code with { Example = "civil-registry" },
        ["agencies"] = Code with { Example = "civil-registry" },
        ["requirement"] = Code with { Example = "birth-report" },
        ["kind"] = Code with { Example = "birth-certificate" },
        ["documents"] = Code with { Example = "birth-certificate" },
        ["needs"] = Code with { Example = "mother-identity" },
        ["payee"] = Code with { Example = "state-treasury" },
        ["goodFor"] = Code with { Example = "birth" },
        ["FeeView.code"] = Text(64, "^[A-Za-z0-9]+(-[a-z0-9]+)*$", "waived"),
        ["service"] = ServiceCode,
        ["region"] = Text(13, RegionCode.Pattern, "74.02"),
        ["number"] = Number,
        ["application"] = Number,
        ["applicationNumber"] = Number,
        ["billingCode"] = Text(BillingCodeForm.Length, BillingCodeForm.Pattern, "820261122000017"),
        ["nik"] = Text(16, Nik.Pattern, "7402422010840001"),
        ["ownerNik"] = Text(16, Nik.Pattern, "7402422010840001"),
        ["familyCardNumber"] = Text(16, "^[0-9]{16}$", "7402422405070001"),
        ["pointer"] = Pointer,
        ["missingFields"] = Pointer with { Example = "/input/child/name" },
        ["title"] = ForPeople,
        ["description"] = ForPeople,
        ["name"] = ForPeople,
        ["text"] = ForPeople,
        ["statusText"] = ForPeople,
        ["serviceName"] = ForPeople,
        ["agencyName"] = ForPeople,
        ["objection"] = ForPeople,
        ["remedy"] = ForPeople,
        ["purpose"] = ForPeople,
        ["legalBasis"] = ForPeople with { Example = "UU 24/2013 art. 27" },
        ["outcome"] = ForPeople,
        ["detail"] = Text(Problem.LongestDetail),
        ["agencyFileNumber"] = Text(IssuedDocument.LongestNumber),
        ["IssuedDocument.number"] = Text(IssuedDocument.LongestNumber),
        ["bank"] = Text(100, example: "sandbox-bank"),
        ["recordedBy"] = Text(100, example: "operations"),
        ["subject"] = Text(200, example: "officer-17"),
        ["traceId"] = Text(100, "^[!-~]+$", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ["spanId"] = Text(16, "^[0-9a-f]{16}$", "00f067aa0ba902b7"),
        ["advance"] = Text(26, example: "5.00:00:00"),
        ["offset"] = Text(26, example: "5.00:00:00"),
        ["amountRupiah"] = Rupiah,
        ["feeRupiah"] = Rupiah,
        ["attempt"] = Count(0, int.MaxValue, 1),
        ["version"] = Count(1, int.MaxValue, 3),
        ["packageVersion"] = Count(1, int.MaxValue, 3),
        ["sequence"] = Count(1, Safe, 7),
        ["days"] = Count(1, 36_500, 1825),
        ["duration"] = Count(1, int.MaxValue, 5),
        ["Problem.status"] = Count(400, 599, 422),
        ["count"] = Count(0, int.MaxValue, 12),
        ["errors"] = Many(Problem.MostErrors),
        ["parameters"] = Many(Problem.MostErrors),
    };

    /// <summary>For a name that is no known word: then only lists have a limit.</summary>
    public static Word Any { get; } = new();

    public int? MaxLength { get; private init; }

    public string? Pattern { get; private init; }

    public JsonNode? Example { get; private init; }

    public long? Minimum { get; private init; }

    public long? Maximum { get; private init; }

    /// <summary>The most items of a list of it.</summary>
    public int MaxItems { get; private init; } = MostItems;

    public static Word? Find(string? owner, string name) =>
        owner is not null && Words.TryGetValue($"{owner}.{name}", out var own) ? own : Words.GetValueOrDefault(name);

    /// <summary>Writes the limits into a schema that has none.</summary>
    public void ApplyTo(OpenApiSchema schema)
    {
        if (Is(schema, JsonSchemaType.String) && schema.Format is null && MaxLength is not null)
        {
            schema.MaxLength ??= MaxLength;
            schema.Pattern ??= Pattern;
            Show(schema);
        }
        else if (Is(schema, JsonSchemaType.Integer) && Minimum is not null)
        {
            schema.Minimum ??= Text(Minimum.Value);
            schema.Maximum ??= Text(Maximum!.Value);
            Show(schema);
        }
    }

    public static bool Is(OpenApiSchema schema, JsonSchemaType type) => schema.Type is { } own && own.HasFlag(type);

    private void Show(OpenApiSchema schema)
    {
        if (Example is not null && schema.Examples is not { Count: > 0 })
        {
            schema.Examples = [Example.DeepClone()];
        }
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Word Text(int maxLength, string? pattern = null, string? example = null) => new()
    {
        MaxLength = maxLength,
        Pattern = pattern,
        Example = example is null ? null : JsonValue.Create(example),
    };

    private static Word Count(long minimum, long maximum, long example) =>
        new() { Minimum = minimum, Maximum = maximum, Example = JsonValue.Create(example) };

    private static Word Many(int most) => new() { MaxItems = most };
}
