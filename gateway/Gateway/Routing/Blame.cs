using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace Mpp.Gateway.Routing;

/// <summary>
/// Whose failure it is that a request was not answered. Only the service's own counts against it: otherwise one caller
/// with an odd request takes it away from everybody.
/// </summary>
internal static class Blame
{
    public static bool IsOfTheService(this IForwarderErrorFeature failure) => failure.Error switch
    {
        ForwarderError.RequestTimedOut or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination
            or ForwarderError.RequestBodyDestination or ForwarderError.NoAvailableDestinations => true,
        // What could not even be sent as it is has no connection in it.
        ForwarderError.Request => failure.Exception is HttpRequestException
        {
            HttpRequestError: not HttpRequestError.Unknown
        } or HttpRequestException { InnerException: SocketException or IOException },
        _ => false,
    };
}
