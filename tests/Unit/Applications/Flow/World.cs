using System.Text.Json;
using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>
/// One application among agencies that answer in any order, twice, late and contradictorily, on a clock that jumps. Every decision
/// is checked against the rules of ARCHITECTURE §3.3, with a bookkeeping of its own.
/// </summary>
internal sealed class World
{
    private readonly Tape _tape;
    private readonly Decider _decider;
    private readonly List<Input.Reply> _onTheWay = [];
    private readonly HashSet<(string, int)> _requested = [];
    private readonly HashSet<string> _granted = [];
    private readonly HashSet<string> _refused = [];
    private DateTimeOffset? _alarm;
    private bool _failed;

    public World(RandomPackage package, Tape tape, Decider? decider = null)
    {
        Package = package;
        _tape = tape;
        _decider = decider ?? new Decider(new FlowSettings());
        Deliver(new Input.Submit(Guid.CreateVersion7(Now), ApplicationNumber.Parse("7402-261122-K7QX4M"), RegionCode.Parse("74.02"), "electronic", RandomPackage.Input));
    }

    public RandomPackage Package { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);

    public ApplicationState? State { get; private set; }

    public List<TimelineEntry> Timeline { get; } = [];

    public void Run()
    {
        while (!_tape.AtEnd)
        {
            Disturb();
        }

        while (_onTheWay.Count > 0)
        {
            DeliverAt(0, keep: false);
        }

        CheckEnd();
    }

    private void Disturb()
    {
        Now += TimeSpan.FromMinutes(_tape.Choose(4) == 0 ? 45 : 1);
        switch (_tape.Choose(10))
        {
            case < 5 when _onTheWay.Count > 0:
                DeliverAt(_tape.Choose(_onTheWay.Count), keep: false);
                break;
            case < 7 when _onTheWay.Count > 0:
                DeliverAt(_tape.Choose(_onTheWay.Count), keep: true);
                break;
            case 7:
                FireAlarm(early: _tape.OneIn(2));
                break;
            case 8:
                Deliver(Stray());
                break;
            default:
                Deliver(new Input.Submit(State!.Id, State.Number, State.Region, "counter", RandomPackage.Input));
                break;
        }
    }

    private void FireAlarm(bool early)
    {
        if (!early && _alarm is { } at)
        {
            Now = at > Now ? at : Now;
            _alarm = null;
        }

        Deliver(new Input.AlarmFired());
        State!.Steps.ShouldAllBe(s => State.Ended || !(s.StallsAt <= Now), "a silent step is stalled when the alarm goes off");
    }

    // Replies that nobody asked for: another step, another attempt, an outcome of an undoing that never was.
    private Input.Reply Stray()
    {
        var known = Package.Definition.Steps[_tape.Choose(Package.Definition.Steps.Count)].Id;
        var attempt = State!.Step(known).Attempt;
        return _tape.Choose(4) switch
        {
            0 => new Input.Completed(new StepCompleted { Step = new(State.Id, $"no-such-step-{_tape.Choose(1000)}", 1), Outputs = RandomPackage.OutputsOf("nobody") }),
            1 => new Input.Completed(new StepCompleted { Step = new(State.Id, known, attempt + 1 + _tape.Choose(3)), Outputs = RandomPackage.OutputsOf("nobody") }),
            2 => new Input.Rejected(new StepRejected { Step = new(State.Id, known, attempt - 1), Reasons = [] }),
            _ => new Input.Cancelled(new StepCancelled { Step = new(State.Id, known, attempt) }),
        };
    }

    private void DeliverAt(int index, bool keep)
    {
        var reply = _onTheWay[index];
        if (!keep)
        {
            _onTheWay.RemoveAt(index);
        }

        Deliver(reply);
    }

    private void Deliver(Input input)
    {
        var before = State;
        var decision = _decider.Decide(Package.Definition, before, input, Now);
        State = decision.State;
        Timeline.AddRange(decision.Entries);

        var (deliveredTo, stepBefore) = input is Input.Reply reply ? (reply, before?.Find(reply.Step.StepId)) : (null, null);
        Account(deliveredTo, stepBefore, before);
        CheckAnswered(deliveredTo, stepBefore, before);
        CheckEntries(before, decision);
        CheckEffects(before, decision);
        CheckSteps(before);
    }

    // The first outcome of an attempt that is in hand counts; whatever comes after it does not.
    private void Account(Input.Reply? reply, StepState? step, ApplicationState? before)
    {
        if (reply is null || step is not { InHand: true } || before!.Ended || reply.Step.Attempt != step.Attempt)
        {
            return;
        }

        if (reply is Input.Completed)
        {
            _granted.Add(step.Id);
        }
        else if (reply is Input.Rejected)
        {
            _refused.Add(step.Id);
            var pivotGranted = Package.Definition.Steps.Any(s => s.Pivot && _granted.Contains(s.Id));
            _failed |= Package.Step(step.Id).OnRejected is OnRejected.FailApplication && !pivotGranted;
        }
    }

    // What each reply makes of its step; one that the step has gone past changes nothing.
    private void CheckAnswered(Input.Reply? reply, StepState? step, ApplicationState? before)
    {
        if (reply is null || step is null)
        {
            return;
        }

        var counts = step.InHand && !before!.Ended && reply.Step.Attempt == step.Attempt;
        var expected = (reply, step.Status) switch
        {
            _ when !counts => step.Status,
            (Input.Completed, _) => StepStatus.Completed,
            (Input.Rejected, _) => StepStatus.Rejected,
            (Input.Accepted, StepStatus.Requested) => StepStatus.InProgress,
            (Input.Accepted, StepStatus.Stalled) when step.AgencyFileNumber is null => StepStatus.InProgress,
            (Input.Correction, _) => StepStatus.AwaitingCorrection,
            (Input.Payment, not StepStatus.AwaitingCorrection) => StepStatus.AwaitingPayment,
            _ => step.Status,
        };
        var after = State!.Step(step.Id);
        // A step that did not wait for a reply may start or be skipped for what the reply did to others.
        if (step.Attempt > 0)
        {
            after.Status.ShouldBe(expected, $"{reply.Kind} to {step.Id}, which was {step.Status}");
            if (after.Status == step.Status)
            {
                after.ShouldBe(step, "an ignored reply leaves its step as it was");
            }
        }
    }

    private void CheckEntries(ApplicationState? before, Decision decision)
    {
        decision.Entries.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, decision.Entries.Count).Select(i => (before?.Sequence ?? 0) + i), "sequence numbers have no gaps");
        ShouldBeSame(decision.Entries.Aggregate(before, Evolution.Evolve)!, decision.State, "the state is the fold of the entries");
        if (before is { Ended: true })
        {
            decision.Entries.ShouldAllBe(e => e.Event is ReplyIgnored, "an ended application only notes");
        }

        decision.Entries.Select(e => e.Event).OfType<StepStalled>()
            .ShouldAllBe(e => before!.Step(e.Step).StallsAt <= Now, "no step is stalled before its time");
        State!.Ignored.Length.ShouldBeLessThanOrEqualTo(Decider.MaxIgnoredNoted);
        State.Ignored.Distinct().Count().ShouldBe(State.Ignored.Length, "an ignored reply is noted once");
        (State.Ended && decision.Entries.Any(e => e.Event is ApplicationEnded) && before is { Ended: true }).ShouldBeFalse();
    }

    private void CheckEffects(ApplicationState? before, Decision decision)
    {
        if (before is { Ended: true })
        {
            decision.Effects.ShouldBeEmpty("an ended application emits nothing");
        }

        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case Effect.RequestStep(var agency, var message):
                    CheckRequest(before, agency, message);
                    break;
                case Effect.SetAlarm(var at):
                    _alarm = at;
                    break;
                case Effect.DropAlarm:
                    _alarm = null;
                    State!.Ended.ShouldBeTrue();
                    break;
                case Effect.Announce(var message):
                    message.Sequence.ShouldBe(State!.Sequence);
                    message.Status.ShouldBe(State.Status);
                    message.Steps.ShouldBe(State.Steps.ToDictionary(s => s.Id, s => s.Status), ignoreOrder: true);
                    break;
            }
        }

        decision.Effects.OfType<Effect.Announce>().Count().ShouldBe(decision.Entries.Any(e => e.Event is not ReplyIgnored) ? 1 : 0, "each change is announced once");
        if (State!.NextLapse is { } lapse)
        {
            _alarm.ShouldNotBeNull("somebody is waited for, so an alarm is set");
            _alarm.Value.ShouldBeLessThanOrEqualTo(lapse, "the alarm is never too late");
        }
    }

    private void CheckRequest(ApplicationState? before, string agency, PerformStep message)
    {
        var id = message.Step.StepId;
        var definition = Package.Step(id);
        _requested.Add((id, message.Step.Attempt)).ShouldBeTrue("a step is requested at most once per attempt");
        (before?.Refused ?? false).ShouldBeFalse("a refused application starts nothing");
        definition.Needs.ShouldAllBe(need => _granted.Contains(need) || NotApplicable(need), "a step never starts before its needs");
        NotApplicable(id).ShouldBeFalse("a step that does not apply is not requested");
        definition.Service.ShouldStartWith(agency + "/");
        message.Inputs.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetRawText())
            .ShouldBe(Package.Fields(id, _granted), ignoreOrder: true, "only mapped fields are sent, and all of them");
        AgencyAnswers(message.Step);
    }

    /// <summary>All needs were over without a refusal behind them, and the condition did not hold.</summary>
    private bool NotApplicable(string id) =>
        Package.Step(id).Needs.All(need => _granted.Contains(need) || NotApplicable(need)) && !Package.Applies(id, _granted);

    private bool BehindRefusal(string id) => Package.Step(id).Needs.Any(need => _refused.Contains(need) || BehindRefusal(need));

    private void AgencyAnswers(StepRef step)
    {
        if (_tape.OneIn(3))
        {
            _onTheWay.Add(new Input.Accepted(new StepAccepted { Step = step, AgencyFileNumber = "A/1", ExpectedAt = _tape.OneIn(2) ? Now.AddMinutes(_tape.Choose(200) - 50) : null }));
        }

        if (_tape.OneIn(6))
        {
            _onTheWay.Add(new Input.Correction(new CorrectionRequested { Step = step, Items = [new("photo", new("", ""))] }));
        }

        if (_tape.OneIn(6))
        {
            _onTheWay.Add(new Input.Payment(new PaymentRequested { Step = step, AmountRupiah = 30_000, Purpose = "PNBP", ExpiresAt = Now.AddDays(1) }));
        }

        var outcome = _tape.Choose(8);
        if (outcome is < 6 or 7)
        {
            _onTheWay.Add(new Input.Completed(new StepCompleted { Step = step, Outputs = RandomPackage.OutputsOf(step.StepId), Documents = [new("paper", "N-1", new(2026, 11, 22), null)] }));
        }

        // The last answers both ways, as a broken agency might: the first to come counts.
        if (outcome >= 6)
        {
            _onTheWay.Add(new Input.Rejected(new StepRejected { Step = step, Reasons = [new("no-open-record", new("", ""))] }));
        }
    }

    private void CheckSteps(ApplicationState? before)
    {
        foreach (var step in State!.Steps)
        {
            if (before is { Ended: true })
            {
                step.ShouldBe(before.Step(step.Id), "the steps of an ended application stand");
            }

            (step.StallsAt is null || step.Status is StepStatus.Requested or StepStatus.InProgress).ShouldBeTrue("the clock runs only while an agency is the one to act");
            (step.Status is StepStatus.Completed).ShouldBe(_granted.Contains(step.Id), $"{step.Id} is completed when its agency completed it");
            (step.Status is StepStatus.Rejected).ShouldBe(_refused.Contains(step.Id), $"{step.Id} is rejected when its agency refused it");
            (step.Skipped is SkipReason.ApplicationRefused && !_failed).ShouldBeFalse();
            if (step.Skipped is not SkipReason.ApplicationRefused)
            {
                (step.Skipped is SkipReason.NeedRefused).ShouldBe(BehindRefusal(step.Id), $"{step.Id} is skipped for a refusal exactly when it is behind one");
            }

            if (!_failed && !BehindRefusal(step.Id))
            {
                (step.Skipped is SkipReason.NotApplicable).ShouldBe(NotApplicable(step.Id) && Package.Step(step.Id).Needs.All(n => State.Step(n).Over));
            }
        }

        State.Refused.ShouldBe(_failed);
        State.Steps.All(s => s.Over).ShouldBe(State.Ended, "an application ends when nothing is left to happen, and not before");
        if (!State.Ended)
        {
            var inHand = State.Steps.Where(s => s.InHand).ToList();
            (State.Status is ApplicationStatus.AwaitingApplicant).ShouldBe(inHand.Count > 0 && inHand.TrueForAll(s => s.Status is StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment));
            inHand.ShouldNotBeEmpty("an application that is not ended waits for somebody");
        }
    }

    private void CheckEnd()
    {
        State!.Ended.ShouldBeTrue("every application ends when all agencies have answered");
        _alarm.ShouldBeNull("an ended application has no alarm");
        var pivotGranted = Package.Definition.Steps.Any(s => s.Pivot && _granted.Contains(s.Id));
        State.Status.ShouldBe(
            _refused.Count == 0 ? ApplicationStatus.Completed
            : (_failed && !pivotGranted) || _granted.Count == 0 ? ApplicationStatus.Rejected
            : ApplicationStatus.CompletedInPart);
        ShouldBeSame(Evolution.Replay(Timeline.Select(Stored)), State, "replaying the stored timeline gives the same state");
        ShouldBeSame(FlowJson.ReadState(FlowJson.Write(State)) with { Dossier = State.Dossier }, State, "the state survives being stored");
    }

    // As the database gives it back: the event from its JSON, the personal data from where it is stored apart.
    private static TimelineEntry Stored(TimelineEntry entry)
    {
        var read = FlowJson.Read(FlowJson.Kind(entry.Event), FlowJson.Write(entry.Event));
        return entry with
        {
            Event = (read, entry.Event) switch
            {
                (ApplicationSubmitted r, ApplicationSubmitted o) => r with { Content = o.Content },
                (StepDone r, StepDone o) => r with { Content = o.Content },
                _ => read,
            },
        };
    }

    // Field by field and not as JSON: a field that is not written would be missed.
    private static void ShouldBeSame(ApplicationState actual, ApplicationState expected, string because)
    {
        Personal(actual).ShouldBe(Personal(expected), because);
        actual.Ignored.ShouldBe(expected.Ignored, because);
        actual.Steps.Length.ShouldBe(expected.Steps.Length, because);
        foreach (var (one, other) in actual.Steps.Zip(expected.Steps))
        {
            one.Documents.ShouldBe(other.Documents, because);
            one.Reasons.ShouldBe(other.Reasons, because);
            (one with { Documents = other.Documents, Reasons = other.Reasons }).ShouldBe(other, because);
        }

        (actual with { Dossier = expected.Dossier, Ignored = expected.Ignored, Steps = expected.Steps }).ShouldBe(expected, because);
    }

    private static string Personal(ApplicationState state) =>
        string.Join(';', state.Dossier.Parts.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={JsonSerializer.Serialize(p.Value)}"));
}
