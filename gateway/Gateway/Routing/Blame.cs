using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace Mpp.Gateway.Routing;

/// <summary>
/// Whose fault it is that a request was not answered. Only the service's own failures count against it: otherwise one
/// caller with an odd request could take the service away from everybody.
/// </summary>
internal static class Blame
{
    public static bool IsOfTheService(this IForwarderErrorFeature failure) => failure.Error switch
    {
        ForwarderError.RequestTimedOut or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination
            or ForwarderError.RequestBodyDestination or ForwarderError.NoAvailableDestinations => true,
        // A request that could not even be sent as it is fails without a fault of the connection.
        ForwarderError.Request => failure.Exception is HttpRequestException
        {
            HttpRequestError: not HttpRequestError.Unknown
        } or HttpRequestException { InnerException: SocketException or IOException },
        _ => false,
    };
}
