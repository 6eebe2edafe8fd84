using Mpp.Applications.Acting;
using Mpp.Applications.Live;
using Mpp.Applications.Prechecks;
using Mpp.Applications.Reading;
using Mpp.Applications.Submission;
using Mpp.Hosting.Idempotency;

namespace Mpp.Applications;

/// <summary>The routes of the service.</summary>
internal static class ApplicationEndpoints
{
    public static void MapApplications(this WebApplication app)
    {
        var applications = app.MapGroup("/v1/applications").WithTags("Applications").InEitherLanguage();
        applications.MapPost("", SubmitApplication.Handle).RequireScope("applications.submit")
            .TakesIdempotencyKey()
            .WithName("SubmitApplication").WithSummary("File one application for a package of services")
            .Produces<ApplicationResource>(StatusCodes.Status201Created);
        applications.MapGet("/{number}", GetApplication.Handle).RequireScope("applications.read")
            .WithName("GetApplication").WithSummary("Where an application stands, step by step, and who must act next")
            .Produces<ApplicationResource>().Produces(StatusCodes.Status304NotModified);
        Act(applications.MapPost("/{number}/steps/{step}/corrections", CorrectStep.Handle)
            .RequireScope("applications.submit"),
            "CorrectStep", "Answer what an agency asked the applicant to mend");
        Act(applications.MapPost("/{number}/steps/{step}/refilings", RefileStep.Handle)
            .RequireScope("applications.submit"),
            "RefileStep", "File a refused or lapsed part again under the same number");
        Act(applications.MapPost("/{number}/cancellation", CancelApplication.Handle)
            .RequireScope("applications.submit"),
            "CancelApplication", "Cancel an application, before its pivot");
        Act(applications.MapPost("/{number}/channel", ContinueApplication.Handle).RequireScope("applications.submit"),
            "ContinueApplication", "Go on in another channel, and handle the application from there");
        Act(applications.MapPost("/{number}/steps/{step}/acts", OperateStep.Handle)
            .RequireScope(ApplicationActs.OperateScope),
            "OperateStep", "Help a step on: retry, skip, complete by hand, "
                + "give it another deadline, or close what was left of it");
        app.MapGroup("/v1/worklist").WithTags("Applications")
            .InEitherLanguage().MapGet("", ListWork.Handle).RequireScope(ApplicationActs.OperateScope)
            .WithName("ListWork").WithSummary("The steps that need an operator, and what can be done about each")
            .Produces<Worklist>();
        applications.MapGet("/{number}/timeline", GetTimeline.Handle).RequireScope("applications.read")
            .WithName("GetTimeline").WithSummary("Everything that has happened to an application, oldest first")
            .Produces<TimelinePage>();
        applications.MapGet("/{number}/events", EventStream.Handle).RequireScope("applications.read")
            .WithName("StreamEvents").WithSummary("The timeline as it grows, as server-sent events")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").Produces(StatusCodes.Status204NoContent);
    }

    public static void MapPrechecks(this WebApplication app) => app.MapGroup("/v1/packages")
        .WithTags("Catalogue").InEitherLanguage()
        .MapPost("/{code}/precheck", PrecheckPackage.Handle).RequireScope("applications.submit")
        .WithName("PrecheckPackage")
        .WithSummary("What would be missing, asked of all agencies at once before anything is filed")
        .Produces<PrecheckResult>();

    private static void Act(RouteHandlerBuilder act, string name, string summary) =>
        act.TakesIdempotencyKey().WithName(name).WithSummary(summary).Produces<ApplicationResource>();
}
