using Mpp.Operations.Access;
using Mpp.Operations.Data;
using Mpp.Operations.Frame;
using Mpp.Operations.Records;
using Mpp.Web.Forms;
using Mpp.Web.Languages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mpp.Operations.OneApplication;

/// <summary><c>/console/applications/{number}</c>: one application, what can be done about it, and what is shown of it
/// only for a reason.</summary>
internal static class ApplicationEndpoints
{
    public static void MapApplication(this IEndpointRouteBuilder app)
    {
        app.MapGet(ConsolePaths.Applications, FindApplication.HandleAsync).ForPeople();
        app.MapGet($"{ConsolePaths.Applications}/{{number}}", ReadAsync).ForPeople();
        app.MapPost($"{ConsolePaths.Applications}/{{number}}/steps/{{step}}/act", ActAsync)
            .FromOwnPages(Pages.Bare).ForPeople();
        app.MapPost($"{ConsolePaths.Applications}/{{number}}/show", ShowAsync).FromOwnPages(Pages.Bare).ForPeople();
    }

    /// <param name="done">How the act came out that led here: <c>moved</c> or <c>unmoved</c>.</param>
    private static Task<IResult> ReadAsync(
        string number, string? done, Person person, PageParts parts, CancellationToken cancellationToken) =>
        parts.ShowAsync(number, person, done switch
        {
            "moved" => new Notice("good", ApplicationTexts.Done),
            "unmoved" => new Notice("wait", ApplicationTexts.Unmoved),
            _ => null,
        }, shown: false, StatusCodes.Status200OK, cancellationToken);

    private static async Task<IResult> ActAsync(
        string number, string step, Person person, HttpContext http, PageParts parts, StepActs acts,
        CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (Reasons.Read(form["reason"]) is not { } reason)
        {
            return await Refused(new Notice("bad", ApplicationTexts.ReasonNeeded));
        }

        if (!ApplicationNumber.TryParse(number, provider: null, out var parsed)
            || ActBody.Of(form, reason, person.Clock) is not { } body)
        {
            return await Refused(new Notice("bad", ApplicationTexts.BadOutputs));
        }

        var outcome = await acts.DoAsync(
            person, parsed.Value, step, body, form["key"].ToString(), Guid.CreateVersion7(), cancellationToken);
        return outcome.Fault is { } fault
            ? await Refused(new Notice("bad", ApplicationTexts.NotDone, fault))
            // A page that is loaded again does nothing again.
            : TypedResults.LocalRedirect(
                $"{ConsolePaths.Application(parsed.Value)}?done={(outcome.Moved ? "moved" : "unmoved")}");

        Task<IResult> Refused(Notice notice) => parts.ShowAsync(
            number, person, notice, shown: false, StatusCodes.Status422UnprocessableEntity, cancellationToken);
    }

    private static async Task<IResult> ShowAsync(
        string number, Person person, HttpContext http, PageParts parts, ConsoleRecords records,
        OperationsDbContext database, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (Reasons.Read(form["reason"]) is not { } reason)
        {
            return await parts.ShowAsync(number, person, new Notice("bad", ApplicationTexts.ReasonNeeded),
                shown: false, StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }

        if (ApplicationNumber.TryParse(number, provider: null, out var parsed)
            && await database.Applications.Within(person.Region, a => a.Region)
                .Where(a => a.Number == parsed.Value).Select(a => a.Region)
                .SingleOrDefaultAsync(cancellationToken) is { } region)
        {
            // Recorded first: nobody sees what is not recorded.
            await records.AddAsync(person, ConsoleRecords.Show, parsed.Value, step: null, region, reason, "shown",
                Guid.CreateVersion7(), cancellationToken);
            return await parts.ShowAsync(
                number, person, notice: null, shown: true, StatusCodes.Status200OK, cancellationToken);
        }

        return PageParts.Unknown();
    }
}

/// <summary>What the page needs, whoever asks for it.</summary>
internal sealed class PageParts(
    ApplicationReader reader, ConsoleRecords records, PageLanguage language, TimeProvider time)
{
    public static IResult Unknown() => Pages.Fault(
        ApplicationTexts.Unknown, ApplicationTexts.UnknownHere, StatusCodes.Status404NotFound);

    public async Task<IResult> ShowAsync(
        string number, Person person, Notice? notice, bool shown, int status, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(number, person, language.Code, cancellationToken) is not { } view)
        {
            return Unknown();
        }

        return new RazorComponentResult<ApplicationPage>(new
        {
            View = view,
            Person = person,
            Now = time.GetUtcNow(),
            Notice = notice,
            Shown = shown,
            Records = await records.OfAsync(view.Number, cancellationToken),
        })
        {
            StatusCode = status,
        };
    }
}
