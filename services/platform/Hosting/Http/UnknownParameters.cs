using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Http;

/// <summary>
/// Refuses query parameters that the endpoint does not know: a misspelt one would otherwise be a filter that silently
/// does nothing. The handler's own parameters say what it knows.
/// </summary>
internal sealed class UnknownParameters(RequestDelegate next)
{
    private readonly ConcurrentDictionary<Endpoint, HashSet<string>> _known = new();

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.QueryString.HasValue || context.GetEndpoint() is not RouteEndpoint endpoint
            // Without a handler of ours the request is passed on to a service, which checks it itself.
            || endpoint.Metadata.GetMetadata<MethodInfo>() is null)
        {
            return next(context);
        }

        var known = _known.GetOrAdd(endpoint, static e => Known((RouteEndpoint)e));
        List<ParameterError> unknown = [.. context.Request.Query.Keys.Where(name => !known.Contains(name)).Select(
            name => new ParameterError(name, ErrorCodes.UnknownParameter, known.Count == 0
                ? "The address takes no query parameters."
                : $"The address takes {string.Join(", ", known.Order(StringComparer.Ordinal))}."))];
        return unknown.Count == 0
            ? next(context)
            : Problem.Of(ProblemCodes.BadRequest, unknown).ExecuteAsync(context);
    }

    private static HashSet<string> Known(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Where(p => IsQuery(p, endpoint))
            .Select(Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool IsQuery(IParameterBindingMetadata parameter, RouteEndpoint endpoint)
    {
        var source = parameter.ParameterInfo.GetCustomAttributes(inherit: true);
        var isSimple = parameter.HasTryParse || parameter.ParameterInfo.ParameterType == typeof(string);
        var isElsewhere = endpoint.RoutePattern.GetParameter(parameter.Name) is not null
            || source.Any(s => s is IFromHeaderMetadata or IFromRouteMetadata or IFromBodyMetadata
                or IFromFormMetadata or IFromServiceMetadata);
        return source.OfType<IFromQueryMetadata>().Any() || (isSimple && !isElsewhere);
    }

    private static string Name(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.GetCustomAttributes(inherit: true).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name
            ?? parameter.Name;
}
