using Mpp.Applications.Flow;
using Mpp.Applications.Submission;
using Mpp.Hosting.Description;

namespace Mpp.Applications.Acting;

/// <summary>Goes on with an application in another channel.</summary>
/// <param name="Channel"><c>counter</c>, <c>mobile</c>, <c>self</c> or <c>electronic</c>.</param>
/// <param name="OwnerNik">The NIK of one of the people whose application it is. A client that does not handle the
/// application yet must name it.</param>
internal sealed record ChannelRequest([OneOf<Channel>] string Channel, string? OwnerNik = null);

/// <summary>
/// <c>POST /v1/applications/{number}/channel</c>: what was begun on a phone goes on at the counter, under the same
/// number (Perpres 89/2021). The client that asks handles the application from now on.
/// </summary>
internal static class ContinueApplication
{
    public static Task<IResult> Handle(
        string number, ChannelRequest request, HttpContext http, ApplicationActs acts,
        CancellationToken cancellationToken) =>
        acts.ActAsync(number, http, application => Read(application, request), cancellationToken, anyClient: true);

    private static ActOrProblem Read(LockedApplication application, ChannelRequest request)
    {
        if (SubmissionCheck.ChannelFault(request.Channel) is { } fault)
        {
            return Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", fault);
        }

        var handles = application.By.Role is ActorRole.Operator || application.By.Client == application.State.Client;
        return handles || Owns(application, request.OwnerNik)
            ? new Input.ChangeChannel(request.Channel, application.By)
            : Problem.Of(ActProblems.NotAnOwner, detail: null, new FieldError(
                "/ownerNik", ErrorCodes.NotAnOwner,
                "The NIK of one of the people whose application it is, is expected."));
    }

    private static bool Owns(LockedApplication application, string? nik) =>
        nik is not null && application.Package.Owners
            .Any(owner => application.State.Dossier.Resolve(owner) is { ValueKind: JsonValueKind.String } value
                && value.ValueEquals(nik));
}
