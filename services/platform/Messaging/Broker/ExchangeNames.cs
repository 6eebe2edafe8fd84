using System.Text.Json;

namespace Mpp.Messaging.Broker;

/// <summary>
/// The exchanges of what a service publishes: the message's name in kebab-case, so that a service in any language can
/// bind to it.
/// </summary>
/// <param name="service">The service; its failure queues hang on an exchange of its own.</param>
internal sealed class ExchangeNames(string service) : IEntityNameFormatter
{
    public static string Of(Type message) => JsonNamingPolicy.KebabCaseLower.ConvertName(message.Name);

    public string FormatEntityName<T>() =>
        typeof(T) == typeof(BusSetup.FailureQueues) ? service + "-failures" : Of(typeof(T));
}
