using System.Runtime.CompilerServices;
using Mpp.Agency;

namespace Mpp.Unit.Architecture;

/// <summary>The services of all agencies, as the programs have them.</summary>
internal static class AgencyPrograms
{
    /// <summary>The class of each service, by its code.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = Projects.Services
        .SelectMany(p => p.Assembly.GetTypes())
        .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IAgencyService)))
        // The code is a constant: no instance with its database is needed to read it.
        .ToDictionary(
            t => ((IAgencyService)RuntimeHelpers.GetUninitializedObject(t)).Code, StringComparer.Ordinal);

    /// <summary>What each service takes, by its code.</summary>
    public static IReadOnlyDictionary<string, Type> Inputs { get; } =
        All.ToDictionary(p => p.Key, p => InputOf(p.Value), StringComparer.Ordinal);

    private static Type InputOf(Type service) =>
        service is { IsGenericType: true } && service.GetGenericTypeDefinition() == typeof(AgencyService<>)
            ? service.GetGenericArguments()[0]
            : InputOf(service.BaseType!);
}
