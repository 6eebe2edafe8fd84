using Microsoft.Extensions.DependencyInjection;

namespace Mpp.Agency;

/// <summary>The services of this agency by their codes.</summary>
internal sealed class AgencyServices
{
    private readonly Dictionary<string, Type> _byCode = new(StringComparer.Ordinal);

    /// <summary>
    /// Creates every service once to read its code: a fault of registration shows at start and not with the first step.
    /// </summary>
    public AgencyServices(AgencyConfigurator agency, IServiceScopeFactory scopes)
    {
        Agency = agency.Agency;
        using var scope = scopes.CreateScope();
        foreach (var type in agency.Services)
        {
            var code = ((IAgencyService)scope.ServiceProvider.GetRequiredService(type)).Code;
            if (!code.StartsWith(Agency + "/", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(
                    $"{type.Name} has the code {code}; services of this agency begin with {Agency}/.");
            }

            if (!_byCode.TryAdd(code, type))
            {
                throw new InvalidOperationException($"{type.Name} and {_byCode[code].Name} have the same code {code}.");
            }
        }

        if (_byCode.Count == 0)
        {
            throw new InvalidOperationException(
                $"The agency {Agency} has no service. Name one with agency.Service<T>() in AddAgency.");
        }
    }

    public string Agency { get; }

    /// <summary>The service of this code.</summary>
    /// <exception cref="UnknownServiceException">The agency does not have it.</exception>
    public IAgencyService Create(string code, IServiceProvider scope) =>
        _byCode.TryGetValue(code, out var type)
            ? (IAgencyService)scope.GetRequiredService(type)
            : throw new UnknownServiceException(Agency, code);

    /// <summary>The service of this code, if it is one that looks things up.</summary>
    public ILookupService? Lookup(string code, IServiceProvider scope) =>
        _byCode.TryGetValue(code, out var type) && type.IsAssignableTo(typeof(ILookupService))
            ? (ILookupService)scope.GetRequiredService(type)
            : null;
}

/// <summary>
/// The coordinator's catalogue names a service that this agency does not have. No applicant can mend that: the message
/// goes to the error queue, where an operator sees it and drives it again when catalogue and agency agree.
/// </summary>
internal sealed class UnknownServiceException(string agency, string service)
    : InvalidOperationException($"The agency {agency} has no service {service}. "
        + "Deploy a version that has it, or mend the catalogue, and drive the message again.");
