using System.Text.RegularExpressions;
using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Json;
using Mpp.Catalogue.Schemas;

namespace Mpp.Catalogue.Loading;

/// <summary>A service with its schemas in the form in which they are compared.</summary>
internal sealed record LoadedService(ServiceDefinition Definition, Schema Input, Schema Output, Place Place);

/// <summary>A package with the schema of its input, and the element it was read from.</summary>
internal sealed record LoadedPackage(PackageDefinition Definition, Schema Input, JsonElement Source, Place Place);

/// <summary>
/// Reads the three kinds of definition files into the records of Contracts. What needs several files together is
/// checked afterwards.
/// </summary>
internal static partial class DefinitionReader
{
    [GeneratedRegex(Codes.Code, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kebab { get; }

    [GeneratedRegex(Codes.Service, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ServiceCode { get; }

    [GeneratedRegex("^/(input|steps/[^/]+)(/[^/]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Source { get; }

    public static IReadOnlyList<AgencyDefinition> Agencies(JsonElement root, Place place)
    {
        var reader = new ObjectReader(root, place);
        var agencies = reader.List("agencies", (element, at) =>
        {
            var agency = new ObjectReader(element, at);
            var read = new AgencyDefinition { Code = agency.Text("code", Kebab), Name = agency.Localized("name") };
            agency.End();
            return read;
        }, required: true);
        reader.End();
        ReportDuplicates(agencies.Select(a => a.Code), place.At("agencies"), "code", "agency");
        return agencies;
    }

    public static LoadedService Service(JsonElement root, Place place)
    {
        var reader = new ObjectReader(root, place);
        var input = reader.Any("input");
        var output = reader.Any("output");
        var service = new ServiceDefinition
        {
            Code = reader.Text("code", ServiceCode),
            Name = reader.Localized("name"),
            Input = input ?? default,
            Output = output ?? default,
            Identifies = reader.Text("identifies", required: false) is { Length: > 0 } field ? field : null,
            Requirements = reader.List("requirements", Requirement),
            Documents = reader.Texts("documents"),
            FeeRupiah = reader.Integer("feeRupiah", minimum: 0, required: false),
            Fees = reader.List("fees", Fee),
            LegalBasis = reader.Texts("legalBasis"),
        };
        reader.End();
        if (service.Fees.Count > 0 && service.Fees.Max(f => f.AmountRupiah) != service.FeeRupiah)
        {
            place.At("feeRupiah").Report(
                FaultKind.InvalidValue, "Where there are several fees, it is the largest of them.");
        }

        ReportDuplicates(service.Fees.Select(f => f.Code), place.At("fees"), "code", "fee");
        ReportDuplicates(service.Requirements.Select(r => r.Code), place.At("requirements"), "code", "requirement");
        var loaded = new LoadedService(service, SchemaReader.ReadObject(input, place.At("input")),
            SchemaReader.ReadObject(output, place.At("output")), place);
        if (service.Identifies is { } identifies && !loaded.Input.Properties.ContainsKey(identifies))
        {
            place.At("identifies").Report(FaultKind.UnknownField, $"The input has no field '{identifies}'.");
        }

        return loaded;
    }

    public static LoadedPackage Package(JsonElement root, Place place)
    {
        var reader = new ObjectReader(root, place);
        var input = reader.Any("input");
        var package = new PackageDefinition
        {
            Code = reader.Text("code", Kebab),
            Version = (int)reader.Integer("version", minimum: 1),
            Title = reader.Localized("title"),
            Description = reader.Localized("description"),
            Input = input ?? default,
            Labels = reader.Map("labels", ObjectReader.Localized),
            Owners = reader.List("owners", Owner),
            Retention = Retention(reader.Any("retention"), place.At("retention")),
            Steps = reader.List("steps", Step),
        };
        reader.End();
        if (package.Steps.Count == 0)
        {
            place.At("steps").Report(FaultKind.NoSteps, "A package has at least one step.");
        }

        ReportDuplicates(package.Steps.Select(s => s.Id), place.At("steps"), "id", "step");
        return new LoadedPackage(package, SchemaReader.ReadObject(input, place.At("input")), root, place);
    }

    /// <summary>What holds for a step that says nothing about corrections.</summary>
    private static CorrectionRule NoRule { get; } = new StepDefinition { Id = "", Service = "" }.Corrections;

    private static Requirement Requirement(JsonElement element, Place place)
    {
        var reader = new ObjectReader(element, place);
        var law = reader.Text("legalBasis", required: false);
        var requirement = new Requirement(
            reader.Text("code", Kebab), reader.Localized("text"), law.Length == 0 ? null : law);
        reader.End();
        return requirement;
    }

    private static FeeItem Fee(JsonElement element, Place place)
    {
        var reader = new ObjectReader(element, place);
        var fee = new FeeItem(
            reader.Text("code"), reader.Localized("text"), reader.Integer("amountRupiah", minimum: 0));
        reader.End();
        return fee;
    }

    private static StepDefinition Step(JsonElement element, Place place)
    {
        var reader = new ObjectReader(element, place);
        var step = new StepDefinition
        {
            Id = reader.Text("id", Kebab),
            Service = reader.Text("service", ServiceCode),
            Needs = reader.Texts("needs"),
            When = reader.Any("when", required: false) is { } when ? Condition(when, place.At("when")) : null,
            Inputs = reader.Map("inputs", Pointer),
            Deadline = reader.Any("deadline", required: false) is { } deadline
                ? Deadline(deadline, place.At("deadline"))
                : null,
            Corrections = reader.Any("corrections", required: false) is { } corrections
                ? Corrections(corrections, place.At("corrections"))
                : NoRule,
            OnRefused = reader.Choice("onRefused", OnRefused.FailApplication, required: false),
            Compensable = reader.Flag("compensable"),
            Pivot = reader.Flag("pivot"),
        };
        reader.End();
        return step;
    }

    private static string Owner(JsonElement element, Place place)
    {
        var text = Pointer(element, place);
        if (!text.StartsWith("/steps/", StringComparison.Ordinal))
        {
            return text;
        }

        place.Report(FaultKind.InvalidOwner,
            $"'{text}' is a result: who owns an application is known when it is filed, from /input.");
        return "";
    }

    private static string Pointer(JsonElement element, Place place)
    {
        var text = ObjectReader.Text(element, place);
        if (text.Length == 0 || Source.IsMatch(text))
        {
            return text;
        }

        place.Report(
            FaultKind.PointerToNothing, $"'{text}' leads nowhere: a pointer starts with /input or /steps/<step id>.");
        return "";
    }

    private static StepCondition Condition(JsonElement element, Place place)
    {
        var reader = new ObjectReader(element, place);
        var condition = new StepCondition
        {
            All = reader.Any("all", required: false) is null ? null : reader.List("all", Condition),
            Any = reader.Any("any", required: false) is null ? null : reader.List("any", Condition),
            Not = reader.Any("not", required: false) is { } not ? Condition(not, place.At("not")) : null,
            Value = reader.Any("value", required: false) is { } value ? Pointer(value, place.At("value")) : null,
            OneOf = reader.Any("oneOf", required: false) is null ? null : reader.List("oneOf", (item, _) => item),
            AtLeast = reader.Any("atLeast", required: false) is { } least ? Number(least, place.At("atLeast")) : null,
            Exists = reader.Any("exists", required: false) is null ? null : reader.Flag("exists"),
        };
        reader.End(FaultKind.InvalidCondition);
        ReportOperators(condition, place);
        return condition;
    }

    private static void ReportOperators(StepCondition condition, Place place)
    {
        if (Count(condition.All, condition.Any, condition.Not, condition.Value) != 1)
        {
            place.Report(FaultKind.InvalidCondition, "A condition has exactly one of all, any, not and value.");
        }

        var tests = Count(condition.OneOf, condition.AtLeast, condition.Exists);
        if (tests != (condition.Value is null ? 0 : 1))
        {
            place.Report(FaultKind.InvalidCondition,
                "A condition has exactly one of oneOf, atLeast and exists beside value, and none without it.");
        }

        if (condition.All is [] || condition.Any is [] || condition.OneOf is [])
        {
            place.Report(FaultKind.InvalidCondition, "all, any and oneOf have at least one item.");
        }

        static int Count(params object?[] given) => given.Count(g => g is not null);
    }

    private static decimal Number(JsonElement element, Place place)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number))
        {
            return number;
        }

        place.Report(FaultKind.InvalidCondition, "A number is expected here.");
        return 0;
    }

    private static StepDeadline? Deadline(JsonElement element, Place place)
    {
        var reader = new ObjectReader(element, place);
        var given = reader.Any("duration");
        var duration =
            given is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var whole) ? whole : 0;
        if (given is not null && duration < 1)
        {
            place.At("duration").Report(FaultKind.InvalidDeadline, "A duration is a whole number of at least 1.");
        }

        var unit = reader.Choice("unit", DeadlineUnit.WorkingDays, kind: FaultKind.InvalidDeadline);
        var onLapse = reader.Choice("onLapse", OnLapse.Escalate, kind: FaultKind.InvalidDeadline);
        var share = reader.Any("warnAtShareLeft", required: false);
        reader.End();
        if (share is null)
        {
            return new StepDeadline(duration, unit, onLapse);
        }

        if (share is { ValueKind: JsonValueKind.Number } number && number.GetDouble() is > 0 and < 1 and var left)
        {
            return new StepDeadline(duration, unit, onLapse, left);
        }

        place.At("warnAtShareLeft")
            .Report(FaultKind.InvalidDeadline, "A share of the time is a number between 0 and 1, both excluded.");
        return new StepDeadline(duration, unit, onLapse);
    }

    private static CorrectionRule Corrections(JsonElement element, Place place)
    {
        var reader = new ObjectReader(element, place);
        var rule = new CorrectionRule(
            Whole(reader, "maxRounds", 10, FaultKind.InvalidCorrections), Whole(
                reader, "waitDays", 366, FaultKind.InvalidCorrections));
        reader.End();
        return rule;
    }

    private static Retention Retention(JsonElement? given, Place place)
    {
        if (given is not { } element)
        {
            return new Retention(1);
        }

        var reader = new ObjectReader(element, place);
        var retention = new Retention(Whole(reader, "days", 36_500, FaultKind.InvalidRetention));
        reader.End();
        return retention;
    }

    private static int Whole(ObjectReader reader, string name, int most, FaultKind kind)
    {
        var given = reader.Any(name);
        if (given is { ValueKind: JsonValueKind.Number } value
            && value.TryGetInt32(out var whole) && whole >= 1 && whole <= most)
        {
            return whole;
        }

        if (given is not null)
        {
            reader.Place.At(name).Report(kind, $"A whole number of 1 to {most} is expected here.");
        }

        return 1;
    }

    private static void ReportDuplicates(IEnumerable<string> ids, Place list, string property, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, id) in ids.Index().Where(i => i.Item.Length > 0 && !seen.Add(i.Item)))
        {
            list.At(index).At(property).Report(FaultKind.DuplicateId, $"The {what} '{id}' is there twice.");
        }
    }
}
