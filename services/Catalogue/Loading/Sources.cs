using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Schemas;
using Mpp.Contracts;

namespace Mpp.Catalogue.Loading;

/// <summary>
/// Where a pointer of a step leads: the schema of the value there, and the parts of the way that may be missing in some
/// applications (an optional property; a step that may end without outputs).
/// </summary>
internal sealed record Source(Schema Schema, IReadOnlyList<string> Uncertain);

/// <summary>Resolves the pointers of one package against the applicant's schema and the outputs of its steps.</summary>
internal sealed class Sources(
    LoadedPackage package, StepGraph graph, IReadOnlyDictionary<string, LoadedService> services)
{
    /// <summary>
    /// Follows a pointer of a step and reports at <paramref name="place"/> why it cannot be followed.
    /// </summary>
    public Source? Resolve(string pointer, StepDefinition step, Place place)
    {
        var segments = pointer.Split('/')[1..];
        var uncertain = new List<string>();
        Schema schema;
        int depth;
        if (segments[0] == "input")
        {
            (schema, depth) = (package.Input, 1);
        }
        else if (Outputs(segments[1], step, place) is { } outputs)
        {
            (schema, depth) = (outputs, 2);
            if (MayLackOutputs(graph.Step(segments[1])!))
            {
                uncertain.Add($"/steps/{segments[1]}");
            }
        }
        else
        {
            return null;
        }

        for (; depth < segments.Length; depth++)
        {
            var name = PointerToken.Unescape(segments[depth]);
            if (!schema.Properties.TryGetValue(name, out var next))
            {
                place.Report(FaultKind.PointerToNothing, $"No schema has a '{name}' at "
                    + $"/{string.Join('/', segments[..depth])}; '{pointer}' can never have a value.");
                return null;
            }

            if (!schema.Required.Contains(name))
            {
                uncertain.Add("/" + string.Join('/', segments[..(depth + 1)]));
            }

            schema = next;
        }

        return new Source(schema, uncertain);
    }

    /// <summary>
    /// A step ends without outputs when it does not apply, or when the law takes silence for a grant.
    /// </summary>
    private static bool MayLackOutputs(StepDefinition step) =>
        step.When is not null || step.Deadline?.OnLapse == OnLapse.DeemGranted;

    private Schema? Outputs(string id, StepDefinition step, Place place)
    {
        if (graph.Step(id) is not { } source)
        {
            place.Report(FaultKind.UnknownStep, $"The package has no step '{id}'.");
            return null;
        }

        if (!graph.Before(step.Id).Contains(id) || id == step.Id)
        {
            place.Report(FaultKind.PointerOutsideNeeds, $"The step '{id}' is not among the needs of '{step.Id}', "
                + "direct or indirect: its outputs may not be there yet.");
            return null;
        }

        return services.GetValueOrDefault(source.Service)?.Output;
    }
}
