using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Mpp.Contracts;
using Mpp.Hosting.Clock;
using Mpp.Hosting.Description;
using Mpp.Hosting;
using Mpp.Hosting.Http;
using Mpp.Sandbox;

namespace Mpp.Gateway.Sandbox;

/// <summary>What the people of the sandbox are good for.</summary>
internal sealed record PeopleAnswer(IReadOnlyList<ExampleView> Items);

/// <summary>An example, and some of those with whom it can be tried.</summary>
/// <param name="GoodFor">What <c>?for=</c> takes.</param>
/// <param name="Package">The package to file.</param>
/// <param name="Outcome">What comes of it.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="People">The first of them.</param>
internal sealed record ExampleView(
    string GoodFor, string Package, string Outcome, int Count, IReadOnlyList<PersonView> People);

/// <summary>An invented person.</summary>
/// <param name="Nik">Unique.</param>
/// <param name="Name">As the civil registry writes it.</param>
/// <param name="BirthDate">As the NIK has it.</param>
/// <param name="Sex">As the NIK has it.</param>
/// <param name="FamilyCardNumber">Of somebody deceased: of the last card.</param>
/// <param name="DeceasedOn">Of somebody deceased.</param>
/// <param name="Input">What of the package's form is this person's, as it stands in <c>input</c>.</param>
internal sealed record PersonView(
    string Nik, string Name, DateOnly BirthDate, Sex Sex, string FamilyCardNumber,
    DateOnly? DeceasedOn, JsonObject Input);

/// <summary>
/// <c>/sandbox/people</c>: with whom a package can be tried, and what comes of it. It exists only in the
/// environment Sandbox. The people are those that the agencies load into their registers; <c>Sandbox:People</c>
/// says how many.
/// </summary>
internal static class PeopleEndpoint
{
    private const int DefaultLimit = 3;
    private const int MaxLimit = 100;

    public static void MapSandboxPeople(this WebApplication app)
    {
        if (!app.Environment.IsEnvironment(SandboxClock.EnvironmentName))
        {
            return;
        }

        var size = app.Services.GetRequiredService<IOptions<SandboxOptions>>().Value.People;
        // They are made when somebody asks: the gateway needs them for nothing else.
        var people = new Lazy<IReadOnlyList<Person>>(() => Population.Generate(size));
        app.MapGet("/sandbox/people",
            ([FromQuery(Name = "for"), Word("goodFor")] string? code, [Range(1, MaxLimit)] int? limit) =>
                List(people.Value, code, limit))
            .AllowAnonymous().WithTags("Sandbox").WithName("ListPeople")
            .WithSummary("With whom a package can be tried, and what comes of it").Produces<PeopleAnswer>();
    }

    private static IResult List(IReadOnlyList<Person> people, string? code, int? limit)
    {
        if (Paging.LimitFault(limit, MaxLimit) is { } fault)
        {
            return fault;
        }

        var examples = Examples.All.Where(e => code is null || e.Code == code).ToList();
        return examples.Count > 0
            ? TypedResults.Ok(
                new PeopleAnswer([.. examples.Select(example => View(example, people, limit ?? DefaultLimit))]))
            : Problem.Parameter("for", ErrorCodes.UnknownValue,
                $"One of {string.Join(", ", Examples.All.Select(e => e.Code))} is expected.");
    }

    private static ExampleView View(Example example, IReadOnlyList<Person> people, int limit)
    {
        var all = example.People(people).ToList();
        return new(example.Code, example.Package, example.Outcome, all.Count, [.. all.Take(limit).Select(View)]);
    }

    private static PersonView View(ExamplePerson example)
    {
        var person = example.Person;
        return new(person.Nik.Value, person.Name, person.BirthDate, person.Sex, person.FamilyCardNumber,
            person.Deceased, example.Input);
    }
}
