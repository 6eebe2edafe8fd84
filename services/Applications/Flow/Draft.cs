using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>A decision in the making: entries are recorded one by one, and the state follows at once.</summary>
internal sealed class Draft(PackageDefinition definition, FlowSettings settings, ApplicationState? before, DateTimeOffset now)
{
    private ApplicationState? _state = before;

    public List<TimelineEntry> Entries { get; } = [];

    public List<Effect> Effects { get; } = [];

    /// <summary>Whether something happened that others must know; a note of an ignored reply is not.</summary>
    public bool Changed { get; private set; }

    public DateTimeOffset Now => now;

    public FlowSettings Settings => settings;

    public PackageDefinition Definition => definition;

    public ApplicationState State => _state ?? throw new InvalidOperationException("An application begins with its submission.");

    public StepDefinition DefinitionOf(string step) => definition.Steps.First(s => s.Id == step);

    public void Record(TimelineEvent happened)
    {
        Note(happened);
        Changed = true;
    }

    public void Note(TimelineEvent happened)
    {
        var entry = new TimelineEntry((_state?.Sequence ?? 0) + 1, now, happened);
        _state = Evolution.Evolve(_state, entry);
        Entries.Add(entry);
    }

    public void Submit(Input.Submit submit) => Record(
        new ApplicationSubmitted(submit.Id, submit.Number, definition.Code, definition.Version, submit.Region, submit.Channel, [.. definition.Steps.Select(s => s.Id)])
        {
            Content = submit.Content,
        });

    /// <summary>Asks the agency for the next attempt at a step.</summary>
    public void Request(StepDefinition step)
    {
        var attempt = State.Step(step.Id).Attempt + 1;
        var dueAt = DueTime.Of(step.Deadline, State.Region, now);
        Record(new StepRequested(step.Id, attempt, step.Service, dueAt, now + settings.StallsAfter));
        Effects.Add(new Effect.RequestStep(Agencies.Of(step.Service), new PerformStep
        {
            Step = new StepRef(State.Id, step.Id, attempt),
            ApplicationNumber = State.Number,
            Service = step.Service,
            Region = State.Region,
            Channel = State.Channel,
            Inputs = StepInputs.Map(step, State.Dossier),
            DueAt = dueAt,
        }));
    }
}
