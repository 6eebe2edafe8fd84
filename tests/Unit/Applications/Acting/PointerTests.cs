using System.Text.Json;
using Mpp.Applications.Acting;
using Mpp.Applications.Calendar;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;
using Mpp.Catalogue.Loading;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;
using Mpp.Sandbox;
using Mpp.Unit.Applications.Flow;
using Shouldly;

namespace Mpp.Unit.Applications.Acting;

/// <summary>
/// A field has one name: the pointer into the form as it was filed. An agency points into what it was given; what the
/// applicant reads of it is taken as it is by a correction and by a refiling.
/// </summary>
public sealed class PointerTests
{
    private static readonly PackageDefinition[] Packages =
        [.. CatalogueLoader.LoadFolder(Path.Combine(AppContext.BaseDirectory, "Definitions"))
            .Packages.Select(p => p.Definition)];

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);
    private static readonly Decider Decider = new(
        new FlowSettings(), new DeadlineClock(WorkingCalendar.WeekendsOnly));

    public static TheoryData<string, string> Steps
    {
        get
        {
            var steps = new TheoryData<string, string>();
            foreach (var package in Packages)
            {
                foreach (var step in package.Steps)
                {
                    steps.Add($"{package.Code}.v{package.Version}", step.Id);
                }
            }

            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task The_pointer_of_a_reason_is_taken_by_corrections_and_refilings(string packageName, string stepId)
    {
        var package = Packages.Single(p => $"{p.Code}.v{p.Version}" == packageName);
        var step = package.Steps.Single(s => s.Id == stepId);
        var form = await SchemaForm.CompileAsync(package.Input, "/input", CancellationToken.None);
        // Any value will do: what is tried is whether the field is found.
        var any = await SchemaForm.CompileAsync(
            JsonElement.Parse("""{"type":"object"}"""), "/input", CancellationToken.None);
        var input = Form(package);

        foreach (var (field, source) in step.Inputs)
        {
            foreach (var (inside, value) in Leaves(Value(input, source)))
            {
                var told = $"/{field}{inside}";
                var given = source.StartsWith("/input/", StringComparison.Ordinal);
                var shown = given ? source + inside : null;

                StepReason reason = new("r", new("", ""), told);
                var refused = Told(
                    package, step, input, r => new Input.StepRefused(new() { Step = r, Reasons = [reason] }));
                refused.Step(stepId).Reasons.ShouldHaveSingleItem().Pointer.ShouldBe(shown);
                var correcting = Told(
                    package, step, input, r => new Input.CorrectionRequested(new() { Step = r, Items = [reason] }));
                correcting.Step(stepId).Reasons.ShouldHaveSingleItem().Pointer.ShouldBe(shown);

                Changed(CorrectStep.Read(
                    Locked(correcting, package, any), stepId, new([new("r", shown, given ? value : null)])))
                    .ShouldBe(given ? [shown!] : []);
                if (given)
                {
                    Changed(RefileStep.Read(Locked(refused, package, any), stepId, new([new(shown!, value)])))
                        .ShouldBe([shown!]);
                    RefileStep.Read(Locked(refused, package, any), stepId, new([new(told, value)]))
                        .Problem.ShouldNotBeNull("an agency's own pointer is no field of the form");
                    form.Check(JsonPointer.Set(input, Wrong(shown!)), new(2026, 11, 22)).ShouldContain(
                        fault => fault.Pointer == shown || fault.Pointer.StartsWith($"{shown}/"),
                        $"a fault in the form has the same name as {shown}");
                }
            }
        }
    }

    [Fact]
    public void Every_package_has_fields_that_can_be_corrected() => Packages.ShouldAllBe(
        p => p.Steps.Any(s => s.Inputs.Values.Any(v => v.StartsWith("/input/", StringComparison.Ordinal))));

    /// <summary>The fields that a request changes, if it is taken.</summary>
    private static IEnumerable<string> Changed(ActOrProblem asked) => (asked switch
    {
        { Act: Input.Correct act } => act.Changes,
        { Act: Input.Refile act } => act.Changes,
        _ => throw new InvalidOperationException(asked.Problem!.Errors[0].ToString()),
    }).EnumerateObject().Select(change => $"/input{change.Name}");

    /// <summary>A value that no field takes.</summary>
    private static JsonElement Wrong(string field) => JsonSerializer.SerializeToElement(
        new Dictionary<string, object> { [field["/input".Length..]] = new { nowhere = 1 } });

    /// <summary>The application when the step's agency has answered.</summary>
    private static ApplicationState Told(
        PackageDefinition package, StepDefinition step, JsonElement input, Func<StepRef, Input> reply)
    {
        var filed = Decider.Decide(package, state: null, new Input.Submit(
            Guid.CreateVersion7(Now), ApplicationNumber.Parse("7402-261122-K7QX4M"), RegionCode.Parse("74.02"),
            "electronic", input), Now).State;
        var asked = filed with
        {
            Steps = [.. filed.Steps.Select(s => s.Id == step.Id
                ? s with { Status = StepStatus.Requested, Attempt = 1, Skipped = null }
                : s)]
        };
        return Decider.Decide(package, asked, reply(new(asked.Id, step.Id, 1)), Now).State;
    }

    private static LockedApplication Locked(ApplicationState state, PackageDefinition package, SchemaForm form) =>
        new(state, package, form, _ => null, World.Applicant, Now);

    /// <summary>The example that fills most of a package's form.</summary>
    private static JsonElement Form(PackageDefinition package)
    {
        var population = Population.Generate(300);
        var input = Examples.All.Where(e => e.Package == package.Code)
            .SelectMany(e => e.People(population).Take(1)).Select(p => p.Input)
            .MaxBy(i => i.ToJsonString().Length)!;
        return JsonElement.Parse(input.ToJsonString());
    }

    private static JsonElement? Value(JsonElement input, string source) =>
        JsonPointer.Split(source) is ["input", .. var path] ? JsonPointer.Resolve(input, path) : null;

    /// <summary>The value itself, and everything in it.</summary>
    private static IEnumerable<(string Pointer, JsonElement Value)> Leaves(JsonElement? value)
    {
        var node = value ?? JsonElement.Parse("1");
        IEnumerable<(string Name, JsonElement Value)> inside = node.ValueKind switch
        {
            JsonValueKind.Object => node.EnumerateObject().Select(m => (PointerToken.Escape(m.Name), m.Value)),
            JsonValueKind.Array => node.EnumerateArray().Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        return inside.SelectMany(m => Leaves(m.Value).Select(l => ($"/{m.Name}{l.Pointer}", l.Value)))
            .Prepend(("", node));
    }
}
