using Mpp.Catalogue.Faults;
using Mpp.Catalogue.Schemas;

namespace Mpp.Catalogue.Loading;

/// <summary>Checks one package against the services: its graph, its conditions and every field that it maps.</summary>
internal static class PackageCheck
{
    public static void Check(LoadedPackage package, IReadOnlyDictionary<string, LoadedService> services)
    {
        var steps = package.Definition.Steps;
        var graph = new StepGraph([.. steps.Where(s => s.Id.Length > 0)]);
        var sources = new Sources(package, graph, services);
        Labels(package);
        OwnerCheck.Check(package, services);
        Cycles(package, graph);
        Pivots(package, graph);
        foreach (var (index, step) in steps.Index().Where(s => s.Item.Id.Length > 0))
        {
            var place = package.Place.At("steps").At(index);
            Needs(step, graph, place);
            if (step.When is { } when && !ConditionCheck.CanHold(when, step, sources, place.At("when")))
            {
                place.At("when").Report(
                    FaultKind.UnreachableStep, $"The condition can never hold, so the step '{step.Id}' never runs.");
            }

            Inputs(step, sources, services, place);
        }
    }

    private static void Labels(LoadedPackage package)
    {
        var leaves = package.Input.Leaves().ToHashSet(StringComparer.Ordinal);
        var place = package.Place.At("labels");
        foreach (var leaf in leaves.Where(l => !package.Definition.Labels.ContainsKey(l)))
        {
            place.Report(FaultKind.MissingLabel, $"The field {leaf} of the input has no label.");
        }

        foreach (var pointer in package.Definition.Labels.Keys.Where(p => !leaves.Contains(p)))
        {
            place.At(pointer).Report(FaultKind.PointerToNothing, $"The input has no field {pointer}.");
        }
    }

    private static void Cycles(LoadedPackage package, StepGraph graph)
    {
        foreach (var cycle in graph.Cycles())
        {
            var index = package.Definition.Steps.Index().First(s => s.Item.Id == cycle[0]).Index;
            package.Place.At("steps").At(index)
                .At("needs").Report(FaultKind.Cycle, $"The steps wait for each other: {string.Join(" → ", cycle)}.");
        }
    }

    private static void Pivots(LoadedPackage package, StepGraph graph)
    {
        var pivots = package.Definition.Steps.Index().Where(s => s.Item.Pivot && s.Item.Id.Length > 0).ToList();
        foreach (var (index, step) in pivots.Skip(1))
        {
            package.Place.At("steps").At(index).At("pivot").Report(FaultKind.SecondPivot,
                $"'{pivots[0].Item.Id}' is the pivot already; a package has one at most, so '{step.Id}' cannot be.");
        }

        if (pivots is not [var pivot, ..])
        {
            return;
        }

        foreach (var (index, step) in package.Definition.Steps.Index()
            .Where(s => s.Item is { Compensable: true, Id.Length: > 0 }))
        {
            if (step.Id == pivot.Item.Id || graph.Before(step.Id).Contains(pivot.Item.Id))
            {
                package.Place.At("steps").At(index).At("compensable").Report(
                    FaultKind.CompensationAfterPivot, $"Past the pivot '{pivot.Item.Id}' the application "
                        + $"goes forward only: '{step.Id}' is never cancelled.");
            }
        }
    }

    private static void Needs(StepDefinition step, StepGraph graph, Place place)
    {
        foreach (var (index, need) in step.Needs.Index().Where(n => n.Item.Length > 0))
        {
            if (graph.Step(need) is null)
            {
                place.At("needs").At(index).Report(FaultKind.UnknownStep, $"The package has no step '{need}'.");
            }
            else if (step.Needs.Take(index).Contains(need))
            {
                place.At("needs").At(index).Report(FaultKind.DuplicateId, $"'{need}' is there twice.");
            }
        }

        if (!graph.IsInCycle(step.Id) && graph.Before(step.Id).FirstOrDefault(graph.IsInCycle) is { } stuck)
        {
            place.Report(FaultKind.UnreachableStep,
                $"'{step.Id}' can never start: it waits for '{stuck}', which waits for itself.");
        }
    }

    private static void Inputs(
        StepDefinition step, Sources sources, IReadOnlyDictionary<string, LoadedService> services, Place place)
    {
        if (!services.TryGetValue(step.Service, out var service))
        {
            if (step.Service.Length > 0)
            {
                place.At("service").Report(FaultKind.UnknownService, $"No agency offers a service '{step.Service}'.");
            }

            return;
        }

        foreach (var missing in service.Input.Required.Where(r => !step.Inputs.ContainsKey(r)))
        {
            place.At("inputs").Report(
                FaultKind.UnmappedField, $"{step.Service} requires the field '{missing}', which nothing is mapped to.");
        }

        var sure = ConditionCheck.Guarantees(step.When).ToHashSet(StringComparer.Ordinal);
        foreach (var (field, pointer) in step.Inputs)
        {
            var at = place.At("inputs").At(field);
            if (!service.Input.Properties.TryGetValue(field, out var target))
            {
                at.Report(FaultKind.UnknownField, $"{step.Service} knows no field '{field}'.");
            }

            if (pointer.Length == 0 || sources.Resolve(pointer, step, at) is not { } source || target is null)
            {
                continue;
            }

            if (SchemaInclusion.Mismatch(source.Schema, target) is { } mismatch)
            {
                at.Report(FaultKind.TypeMismatch,
                    $"{pointer} does not fit the field '{field}' of {step.Service}: {mismatch}.");
            }

            if (service.Input.Required.Contains(field)
                && source.Uncertain.FirstOrDefault(u => !sure.Contains(u)) is { } uncertain)
            {
                at.Report(FaultKind.UncertainField,
                    $"{step.Service} requires the field '{field}', but {uncertain} may be absent.");
            }
        }
    }
}
