using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Mpp.Gateway.Routing;
using Shouldly;
using Yarp.ReverseProxy.Forwarder;

namespace Mpp.Unit.Gateway;

public sealed class BlameTests
{
    public static TheoryData<ForwarderError, string, bool> Failures()
    {
        var data = new TheoryData<ForwarderError, string, bool>
        {
            { ForwarderError.Request, "no connection", true },
            { ForwarderError.Request, "hung up", true },
            { ForwarderError.Request, "answered nonsense", true },
            { ForwarderError.Request, "a header that cannot be sent", false },
            { ForwarderError.Request, "a body that came too slowly", false },
            { ForwarderError.Request, "none", false },
        };
        ForwarderError[] ofTheService =
        [
            ForwarderError.RequestTimedOut, ForwarderError.ResponseHeaders, ForwarderError.ResponseBodyDestination,
            ForwarderError.RequestBodyDestination, ForwarderError.NoAvailableDestinations,
        ];
        foreach (var error in Enum.GetValues<ForwarderError>().Where(e => e is not ForwarderError.Request))
        {
            data.Add(error, "none", ofTheService.Contains(error));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Only_what_the_service_did_counts_against_it(ForwarderError error, string what, bool counts) =>
        new Failure(error, what switch
        {
            "no connection" => new HttpRequestException(HttpRequestError.ConnectionError),
            "hung up" => new HttpRequestException("", new IOException("", new SocketException())),
            "answered nonsense" => new HttpRequestException(HttpRequestError.InvalidResponse),
            "a header that cannot be sent" =>
                new HttpRequestException("Request headers must contain only ASCII characters."),
            "a body that came too slowly" => new BadHttpRequestException("", StatusCodes.Status408RequestTimeout),
            _ => null,
        }).IsOfTheService().ShouldBe(counts);

    private sealed record Failure(ForwarderError Error, Exception? Exception) : IForwarderErrorFeature;
}
