using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Packages;

namespace Mpp.Unit.Applications.Flow;

/// <summary>
/// A generated package, together with what its conditions and mappings must give, told without the code under test.
/// </summary>
internal sealed class RandomPackage
{
    /// <summary>Counts among the granted steps once the applicant has changed what was filed.</summary>
    public const string Changed = "changed";

    private readonly Dictionary<string, Func<IReadOnlySet<string>, bool>> _applies = [];
    private readonly Dictionary<string, Dictionary<string, (string Source, string Value)>> _mapped = [];

    public RandomPackage(Tape tape)
    {
        var steps = new List<StepDefinition>();
        var count = 1 + tape.Choose(8);
        var pivot = tape.Choose(count * 2);
        for (var i = 0; i < count; i++)
        {
            var needs = Enumerable.Range(0, i).Where(_ => tape.OneIn(3)).Select(Id).ToList();
            steps.Add(new StepDefinition
            {
                Id = Id(i),
                Service = $"agency-{i % 3}/service-{i}",
                Needs = needs,
                When = When(Id(i), needs, tape),
                Inputs = Inputs(Id(i), needs, tape),
                OnRefused = tape.OneIn(3) ? OnRefused.FailApplication : OnRefused.SkipDependents,
                Deadline = Deadline(tape),
                Corrections = new CorrectionRule(1 + tape.Choose(2), 1 + tape.Choose(3)),
                Compensable = tape.OneIn(2),
                Pivot = i == pivot,
            });
        }

        // The order in a definition has no meaning, so the decider must not lean on it.
        if (tape.OneIn(2))
        {
            steps.Reverse();
        }

        Definition = new PackageDefinition
        {
            Code = "generated",
            Version = 1,
            Title = new LocalizedText("", ""),
            Description = new LocalizedText("", ""),
            Input = JsonSerializer.SerializeToElement(new { }),
            Retention = new Retention(1 + tape.Choose(6)),
            Steps = steps,
        };
    }

    public PackageDefinition Definition { get; }

    public static JsonElement Input { get; } = JsonSerializer.SerializeToElement(new
    {
        yes = true,
        nothing = (string?)null,
        number = 7,
        person = new { name = "name-of-person" },
        secret = "secret-of-input"
    });

    public static JsonElement OutputsOf(string step) => JsonSerializer.SerializeToElement(
        new { result = $"result-of-{step}", count = 3, secret = $"secret-of-{step}" });

    /// <summary>Whether a step's condition holds when exactly these steps gave outputs.</summary>
    public bool Applies(string step, IReadOnlySet<string> granted) => _applies[step](granted);

    /// <summary>Exactly the fields that a step's agency must get when these steps gave outputs.</summary>
    public Dictionary<string, string> Fields(string step, IReadOnlySet<string> granted) =>
        _mapped[step].Where(f => f.Value.Source is "" || granted.Contains(f.Value.Source))
            .ToDictionary(f => f.Key, f => f.Value.Value);

    /// <summary>The steps whose outputs a step reads.</summary>
    public IEnumerable<string> Sources(string step) => Definition.Steps.Where(s => s.Id != step).Select(s => s.Id)
        .Where(other => JsonSerializer.Serialize(Step(step)).Contains($"/steps/{other}/", StringComparison.Ordinal));

    public StepDefinition Step(string id) => Definition.Steps.Single(s => s.Id == id);

    private static string Id(int i) => $"step-{i}";

    private static StepDeadline? Deadline(Tape tape)
    {
        var onLapse = tape.OneIn(3) ? OnLapse.DeemGranted : OnLapse.Escalate;
        return tape.Choose(6) switch
        {
            0 or 1 =>
                new StepDeadline(1 + tape.Choose(90), DeadlineUnit.Minutes, onLapse, 0.1 + (0.2 * tape.Choose(4))),
            2 => new StepDeadline(1 + tape.Choose(5), DeadlineUnit.WorkingDays, onLapse),
            3 => new StepDeadline(1 + tape.Choose(5), DeadlineUnit.CalendarDays, onLapse),
            _ => null,
        };
    }

    private StepCondition? When(string step, List<string> needs, Tape tape)
    {
        var (condition, holds) = tape.OneIn(3) ? Condition(needs, tape, depth: 0) : (null, _ => true);
        _applies[step] = holds;
        return condition;
    }

    private static (StepCondition Condition, Func<IReadOnlySet<string>, bool> Holds) Condition(
        List<string> needs, Tape tape, int depth)
    {
        switch (tape.Choose(depth < 2 ? 9 : 6))
        {
            case 0:
                return (new() { Value = "/input/yes", Exists = true }, _ => true);
            case 1:
                return (new() { Value = "/input/nothing", Exists = true }, _ => false);
            case 2:
                var least = tape.Choose(14);
                return (new() { Value = "/input/number", AtLeast = least }, _ => 7 >= least);
            case 3:
                var need = needs.Count == 0 ? "step-99" : needs[tape.Choose(needs.Count)];
                return (new() { Value = $"/steps/{need}/result", OneOf = [Json("other"), Json($"result-of-{need}")] },
                    granted => granted.Contains(need));
            case 4:
                var absent = needs.Count == 0 ? "step-99" : needs[tape.Choose(needs.Count)];
                return (
                    new() { Value = $"/steps/{absent}/result", Exists = false }, granted => !granted.Contains(absent));
            case 5:
                return (new() { Value = "/input/yes", OneOf = [Json("true"), Json(1)] }, _ => false);
            case 6:
                var (inner, innerHolds) = Condition(needs, tape, depth + 1);
                return (new() { Not = inner }, granted => !innerHolds(granted));
            case 7:
                var all = Enumerable.Range(0, tape.Choose(3)).Select(_ => Condition(needs, tape, depth + 1)).ToList();
                return (new() { All = [.. all.Select(c => c.Condition)] },
                    granted => all.TrueForAll(c => c.Holds(granted)));
            default:
                var any = Enumerable.Range(0, tape.Choose(3)).Select(_ => Condition(needs, tape, depth + 1)).ToList();
                return (
                    new() { Any = [.. any.Select(c => c.Condition)] }, granted => any.Exists(c => c.Holds(granted)));
        }
    }

    private Dictionary<string, string> Inputs(string step, List<string> needs, Tape tape)
    {
        var pointers = new Dictionary<string, string>(StringComparer.Ordinal);
        var mapped = _mapped[step] = [];
        for (var i = tape.Choose(4); i > 0; i--)
        {
            var field = $"field{i}";
            switch (tape.Choose(needs.Count == 0 ? 4 : 5))
            {
                case 0:
                    pointers[field] = "/input/person/name";
                    mapped[field] = ("", "\"name-of-person\"");
                    break;
                case 1:
                    pointers[field] = "/input/nothing";
                    break;
                case 2:
                    pointers[field] = "/input/person/absent/deeper";
                    break;
                case 3:
                    pointers[field] = "/input/person/nick";
                    mapped[field] = (Changed, "\"changed\"");
                    break;
                default:
                    var need = needs[tape.Choose(needs.Count)];
                    pointers[field] = $"/steps/{need}/result";
                    mapped[field] = (need, $"\"result-of-{need}\"");
                    break;
            }
        }

        return pointers;
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
