using Mpp.Applications.Acting;
using Mpp.Applications.Live;
using Mpp.Applications.Prechecks;
using Mpp.Applications.Reading;
using Mpp.Applications.Submission;
using Mpp.Hosting.Idempotency;
using Mpp.Hosting.OpenApi;

namespace Mpp.Applications;

/// <summary>The routes of the service.</summary>
internal static class ApplicationEndpoints
{
    public static void MapApplications(this WebApplication app)
    {
        var applications = app.MapGroup("/v1/applications").WithTags("Applications").InEitherLanguage();
        applications.MapPost("", SubmitApplication.Handle).RequireScope(KnownScopes.ApplicationsSubmit)
            .TakesIdempotencyKey()
            .WithName("SubmitApplication").WithSummary("File one application for a package of services")
            .Produces<ApplicationResource>(StatusCodes.Status201Created).Tagged()
            .Fails(ProblemCodes.UnknownPackage, ProblemCodes.UnknownRegion, ProblemCodes.RegionNotAllowed);
        var one = applications.MapGroup("/{number}").Fails(ProblemCodes.UnknownApplication);
        one.MapGet("", GetApplication.Handle).RequireScope(KnownScopes.ApplicationsRead)
            .WithName("GetApplication").WithSummary("Where an application stands, step by step, and who must act next")
            .Produces<ApplicationResource>().Produces(StatusCodes.Status304NotModified).Tagged();
        Act(one.MapPost("/steps/{step}/corrections", CorrectStep.Handle), KnownScopes.ApplicationsSubmit,
            "CorrectStep", "Answer what an agency asked the applicant to mend")
            .Fails(ActProblems.UnknownStep, ActProblems.NotAwaitingCorrection);
        Act(one.MapPost("/steps/{step}/refilings", RefileStep.Handle), KnownScopes.ApplicationsSubmit,
            "RefileStep", "File a refused or lapsed part again under the same number")
            .Fails(ActProblems.UnknownStep, ActProblems.NotRefused, ActProblems.NoRoundsLeft);
        Act(one.MapPost("/cancellation", CancelApplication.Handle), KnownScopes.ApplicationsSubmit,
            "CancelApplication", "Cancel an application, before its pivot").Fails(ActProblems.PastPivot);
        Act(one.MapPost("/channel", ContinueApplication.Handle), KnownScopes.ApplicationsSubmit,
            "ContinueApplication", "Go on in another channel, and handle the application from there")
            .Fails(ActProblems.NotAnOwner);
        Act(one.MapPost("/steps/{step}/acts", OperateStep.Handle), KnownScopes.ApplicationsOperate,
            "OperateStep", "Help a step on: retry, skip, complete by hand, "
                + "give it another deadline, or close what was left of it")
            .Fails(ActProblems.UnknownStep, ActProblems.LegalLimit, ActProblems.RefundDue);
        app.MapGroup("/v1/worklist").WithTags("Applications")
            .InEitherLanguage().MapGet("", ListWork.Handle).RequireScope(KnownScopes.ApplicationsOperate)
            .WithName("ListWork").WithSummary("The steps that need an operator, and what can be done about each")
            .Produces<Worklist>().InPages();
        one.MapGet("/timeline", GetTimeline.Handle).RequireScope(KnownScopes.ApplicationsRead)
            .WithName("GetTimeline").WithSummary("Everything that has happened to an application, oldest first")
            .Produces<TimelinePage>().InPages();
        one.MapGet("/events", EventStream.Handle).RequireScope(KnownScopes.ApplicationsRead)
            .WithName("StreamEvents").WithSummary("The timeline as it grows, as server-sent events")
            .Streams<TimelineItem>(EventStream.Example).Produces(StatusCodes.Status204NoContent);
    }

    public static void MapPrechecks(this WebApplication app) => app.MapGroup("/v1/packages")
        .WithTags("Catalogue").InEitherLanguage()
        .MapPost("/{code}/precheck", PrecheckPackage.Handle).RequireScope(KnownScopes.ApplicationsSubmit)
        .WithName("PrecheckPackage")
        .WithSummary("What would be missing, asked of all agencies at once before anything is filed")
        .Produces<PrecheckResult>().Fails(
            PrecheckPackage.NotThere, ProblemCodes.UnknownRegion, ProblemCodes.RegionNotAllowed,
            PrecheckRecord.TooMany);

    private static RouteHandlerBuilder Act(RouteHandlerBuilder act, string scope, string name, string summary) => act
        .RequireScope(scope).TakesIdempotencyKey().WithName(name).WithSummary(summary).Produces<ApplicationResource>()
        .Tagged(ActProblems.Changed)
        .Fails(ActProblems.AnotherClient, ActProblems.Ended, ActProblems.NotPossibleNow);
}
