namespace Mpp.Applications.Flow;

/// <summary>A decision in the making: entries are recorded one by one, and the state follows at once.</summary>
internal sealed class Draft(
    PackageDefinition definition, FlowSettings settings, DeadlineClock clock, ApplicationState? before,
    DateTimeOffset now)
{
    private readonly ApplicationState? _before = before;
    private ApplicationState? _state = before;

    public List<TimelineEntry> Entries { get; } = [];

    public List<Effect> Effects { get; } = [];

    /// <summary>
    /// The entries as others are told of them, each with what was known right after it. Empty when nothing happened
    /// that others must know; a note of an ignored reply is not.
    /// </summary>
    public List<ChangedEntry> Told { get; } = [];

    public DateTimeOffset Now => now;

    public FlowSettings Settings => settings;

    public PackageDefinition Definition => definition;

    public ApplicationState State =>
        _state ?? throw new InvalidOperationException("An application begins with its submission.");

    public StepDefinition DefinitionOf(string step) => definition.Steps.First(s => s.Id == step);

    /// <summary>
    /// Whether an agency can have been asked for this attempt: nobody can answer what this decision only now sends.
    /// </summary>
    public bool Asked(StepRef attempt) =>
        attempt.Attempt >= 1 && attempt.Attempt <= _before?.Find(attempt.StepId)?.Attempt;

    public bool PivotGranted => definition.Steps.Any(s => s.Pivot && State.Step(s.Id).Granted);

    public void Record(Event happened)
    {
        var step = happened is StepEvent e ? _state?.Find(e.Step) : null;
        var entry = new TimelineEntry((_state?.Sequence ?? 0) + 1, now, happened);
        _state = Evolution.Evolve(_state, entry);
        Entries.Add(entry);
        if (Announcement.Entry(entry, _state) is { } told)
        {
            Told.Add(told);
        }

        if (step is not null)
        {
            Money.Follow(this, step, happened);
        }
    }

    public void Submit(Input.Submit submit) => Record(
        new Event.ApplicationSubmitted(
            submit.Id, submit.Number, definition.Code, definition.Version, submit.Region, submit.Channel,
            [.. definition.Steps.Select(s => s.Id)], submit.Representation, submit.Client)
        {
            Content = submit.Content,
        });

    /// <summary>Asks the agency for the next attempt at a step; its time goes on with what was left.</summary>
    public void Request(StepDefinition step, TimeLeft? left = null)
    {
        var (dueAt, warnAt) = Due(step, left);
        Record(new Event.StepRequested(
            step.Id, State.Step(step.Id).Attempt + 1, step.Service, dueAt, now + settings.StallsAfter, warnAt));
        SendRequest(step);
    }

    /// <summary>Sends a step to its agency, as often as need be: the agency does an attempt once.</summary>
    public void SendRequest(StepDefinition definition)
    {
        var step = State.Step(definition.Id);
        Effects.Add(new Effect.Send<StepRequest>(Queues.OfAgency(definition.Service), new StepRequest
        {
            Step = Ref(step),
            ApplicationNumber = State.Number,
            Service = definition.Service,
            Region = State.Region,
            Channel = State.Channel,
            Inputs = StepInputs.Map(definition, State.Dossier),
            DueAt = step.DueAt,
            Corrected = step.Corrected,
        }));
    }

    /// <summary>Ends the application; the retention counts from here.</summary>
    public void End(ApplicationStatus status) =>
        Record(new Event.ApplicationEnded(
            status, DeadlineClock.EndOfDays(definition.Retention.Days, State.Region, now)));

    /// <summary>
    /// Erases what is personal, here and with every agency that was asked: each attempt has a row of its own there.
    /// </summary>
    public void Erase()
    {
        Record(new Event.PersonalDataErased());
        foreach (var step in State.Steps)
        {
            var service = DefinitionOf(step.Id).Service;
            Effects.AddRange(Enumerable.Range(1, step.Attempt).Select(attempt => new Effect.Send<EraseStep>(
                Queues.OfAgency(service),
                new EraseStep { Step = new(State.Id, step.Id, attempt), Service = service })));
        }
    }

    /// <summary>Tells the agency to cancel a step, or to lay it aside.</summary>
    public void Cancel(StepState step, string reason)
    {
        var service = DefinitionOf(step.Id).Service;
        Effects.Add(new Effect.Send<CancelStep>(
            Queues.OfAgency(service), new CancelStep { Step = Ref(step), Service = service, Reason = reason }));
    }

    /// <summary>Tells the agency that its silence was a grant.</summary>
    public void SendDeemedGranted(StepState step, DateTimeOffset dueAt)
    {
        var service = DefinitionOf(step.Id).Service;
        Effects.Add(new Effect.Send<StepDeemedGranted>(
            Queues.OfAgency(service), new StepDeemedGranted { Step = Ref(step), Service = service, DueAt = dueAt }));
    }

    /// <summary>When the agency must be done, and when an operator is warned.</summary>
    public (DateTimeOffset? DueAt, DateTimeOffset? WarnAt) Due(StepDefinition step, TimeLeft? left)
    {
        if (step.Deadline is not { } deadline)
        {
            return (null, null);
        }

        var dueAt = left is null
            ? clock.Of(deadline, State.Region, now)!.Value
            : clock.Resume(left, deadline, State.Region, now);
        return (dueAt, State.Step(step.Id).Warned ? null : WarnAt(deadline, dueAt));
    }

    /// <summary>When an operator is warned of a due time that is set now.</summary>
    public DateTimeOffset WarnAt(StepDeadline deadline, DateTimeOffset dueAt) =>
        clock.WarnAt(deadline, State.Region, now, dueAt);

    /// <summary>Tells the agency its new due time.</summary>
    public void SendExtended(StepState step, DateTimeOffset dueAt)
    {
        var service = DefinitionOf(step.Id).Service;
        Effects.Add(new Effect.Send<StepDeadlineExtended>(
            Queues.OfAgency(service), new StepDeadlineExtended { Step = Ref(step), Service = service, DueAt = dueAt }));
    }

    /// <summary>
    /// The moment that counts for an input about a step: for its own agency's decision when it was taken, for all else
    /// now.
    /// </summary>
    public DateTimeOffset TakenAt(StepState step, Input input)
    {
        bool IsThis(StepRef answered) => answered.StepId == step.Id && answered.Attempt == step.Attempt;
        return input is Input.Reply { DecidedAt: { } decided } reply && IsThis(reply.Step) && decided < now
            ? decided
            : now;
    }

    /// <summary>
    /// What is left of the agency's time when its decision stops the clock. It cannot stop before the agency had the
    /// step.
    /// </summary>
    public TimeLeft? Left(StepState step, Input.Reply decision)
    {
        if (step.DueAt is not { } dueAt || DefinitionOf(step.Id).Deadline is not { } deadline)
        {
            return step.Left;
        }

        var stoppedAt = TakenAt(step, decision);
        return clock.Left(deadline, State.Region, stoppedAt > step.Since ? stoppedAt : step.Since, dueAt);
    }

    public StepRef Ref(StepState step) => new(State.Id, step.Id, step.Attempt);
}
