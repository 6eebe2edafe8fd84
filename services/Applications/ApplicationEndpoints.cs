using Mpp.Applications.Live;
using Mpp.Applications.Reading;
using Mpp.Applications.Submission;
using Mpp.Hosting.Auth;
using Mpp.Hosting.Http;

namespace Mpp.Applications;

/// <summary>The routes of the service.</summary>
internal static class ApplicationEndpoints
{
    public static void MapApplications(this WebApplication app)
    {
        var applications = app.MapGroup("/v1/applications").WithTags("Applications").InEitherLanguage();
        applications.MapPost("", SubmitApplication.Handle).RequireScope("applications.submit")
            .WithName("SubmitApplication").WithSummary("File one application for a package of services")
            .Produces<ApplicationResource>(StatusCodes.Status201Created);
        applications.MapGet("/{number}", GetApplication.Handle).RequireScope("applications.read")
            .WithName("GetApplication").WithSummary("Where an application stands, step by step, and who must act next")
            .Produces<ApplicationResource>().Produces(StatusCodes.Status304NotModified);
        applications.MapGet("/{number}/timeline", GetTimeline.Handle).RequireScope("applications.read")
            .WithName("GetTimeline").WithSummary("Everything that has happened to an application, oldest first")
            .Produces<TimelinePage>();
        applications.MapGet("/{number}/events", EventStream.Handle).RequireScope("applications.read")
            .WithName("StreamEvents").WithSummary("The timeline as it grows, as server-sent events")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").Produces(StatusCodes.Status204NoContent);
    }
}
