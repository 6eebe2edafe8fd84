using System.Reflection;
using Mpp.Hosting.Description;

namespace Mpp.Hosting.Problems;

/// <summary>Stable names of the kinds of problems. New ones may be added.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ProblemTypeAttribute() : ValuesAttribute("ProblemType")
{
    public override IReadOnlyList<string> Values => [.. new[] { Assembly.GetEntryAssembly(), typeof(Problem).Assembly }
        .OfType<Assembly>().Distinct().SelectMany(assembly => assembly.GetTypes())
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(f => f.FieldType == typeof(ProblemCode))
        .Select(f => ((ProblemCode)f.GetValue(null)!).Type).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)];
}

/// <summary>What can be wrong with a field or a parameter. New codes may be added.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ErrorCodeAttribute() : ValuesAttribute("ErrorCode")
{
    public override IReadOnlyList<string> Values => ErrorCodes.All;
}
