using Mpp.Applications.Flow;
using Mpp.Hosting.Description;

namespace Mpp.Applications.Reading;

/// <summary>The kind of an entry in the timeline.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class TimelineKindAttribute() : ValuesAttribute("TimelineKind")
{
    public override IReadOnlyList<string> Values => [.. FlowJson.AllKinds.Order(StringComparer.Ordinal)];
}
