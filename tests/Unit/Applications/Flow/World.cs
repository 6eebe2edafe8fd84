using System.Text.Json;
using Mpp.Applications.Calendar;
using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;

using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>
/// One application among agencies, a bank, an applicant and operators who answer and act in any order, twice, late and
/// contradictorily, on a clock that jumps. Every decision is checked against the rules (<see cref="Rules"/>).
/// </summary>
internal sealed class World
{
    public static readonly Actor Applicant = new(ActorRole.Applicant, "portal");
    public static readonly Actor Operator = new(ActorRole.Operator, "operations", "op-7");

    private readonly Tape _tape;
    private readonly Decider _decider;
    private readonly Surroundings _others;
    private readonly Rules _rules;

    public World(RandomPackage package, Tape tape)
    {
        Package = package;
        _tape = tape;
        _others = new Surroundings(tape, () => Now);
        _rules = new Rules(package);
        _decider = new Decider(new FlowSettings(), new DeadlineClock(WorkingCalendar.WeekendsOnly));
        Deliver(new Input.Submit(Guid.CreateVersion7(Now), ApplicationNumber.Parse("7402-261122-K7QX4M"),
            RegionCode.Parse("74.02"), "electronic", RandomPackage.Input));
    }

    public RandomPackage Package { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);

    public ApplicationState State { get; private set; } = null!;

    public List<TimelineEntry> Timeline { get; } = [];

    public void Run()
    {
        while (!_tape.AtEnd)
        {
            Disturb();
        }

        RunToEnd();
        // Twice: refiled and ended again in one decision, it keeps the alarm of the first end, which sets the next.
        for (var alarms = 0; alarms < 2 && !State.Erased; alarms++)
        {
            FireAlarm(early: false);
        }

        Rules.CheckEnd(State, Timeline, _others.PaidRupiah);
        _rules.CheckTold(Timeline);
        _others.CheckMoney(State, [.. Timeline.Select(e => e.Event)]);
    }

    private void Disturb()
    {
        Now += _tape.Choose(12) switch
        {
            0 or 1 => TimeSpan.FromMinutes(45),
            2 => TimeSpan.FromHours(30),
            3 => TimeSpan.FromDays(4),
            _ => TimeSpan.FromMinutes(1),
        };
        switch (_tape.Choose(20))
        {
            case < 8 when _others.OnTheWay.Count > 0:
                DeliverAt(_tape.Choose(_others.OnTheWay.Count), keep: false);
                break;
            case < 11 when _others.OnTheWay.Count > 0:
                DeliverAt(_tape.Choose(_others.OnTheWay.Count), keep: true);
                break;
            case 11:
                FireAlarm(early: _tape.OneIn(2));
                break;
            case 12:
                Deliver(Stray());
                break;
            case 13 or 14:
                _others.Pay(paid: !_tape.OneIn(4));
                break;
            case 15 or 16:
                Deliver(ApplicantActs());
                break;
            case 17 when _tape.OneIn(4):
                _others.PayBack();
                break;
            case 17:
                Deliver(OperatorActs());
                break;
            case 18 when _tape.OneIn(3):
                Deliver(new Input.Cancel(Reason: null, _tape.OneIn(3) ? Operator : Applicant));
                break;
            case 19 when _tape.OneIn(4):
                Deliver(new Input.ChangeChannel("counter", Applicant));
                break;
            default:
                Deliver(new Input.Submit(State.Id, State.Number, State.Region, "counter", RandomPackage.Input));
                break;
        }
    }

    /// <summary>From here on everybody does his part, and then the application must come to its end.</summary>
    private void RunToEnd()
    {
        _others.Willing = true;
        for (var round = 0; round < 400 && (!State.Ended || _others.OnTheWay.Count > 0); round++)
        {
            if (_others.OnTheWay.Count > 0)
            {
                DeliverAt(0, keep: false);
                continue;
            }

            var step = State.Steps.First(s => !s.Over && s.Status is not StepStatus.Waiting);
            switch (step.Status)
            {
                case StepStatus.AwaitingCorrection:
                    Deliver(Correct(step));
                    break;
                case StepStatus.AwaitingPayment:
                    _others.Pay(paid: true);
                    _others.OnTheWay.ShouldNotBeEmpty("a step that waits for money has an open fee");
                    break;
                default:
                    Deliver(new Input.Retry(step.Id, "no answer", Operator));
                    break;
            }
        }
    }

    private void FireAlarm(bool early)
    {
        if (!early && _rules.Alarm is { } at)
        {
            Now = at > Now ? at : Now;
            _rules.AlarmGoesOff();
        }

        Deliver(new Input.AlarmFired());
        (State.NextLapse <= Now).ShouldBeFalse("what was due has been seen to when the alarm goes off");
    }

    private Input ApplicantActs()
    {
        var step = Any();
        return step.Status switch
        {
            StepStatus.AwaitingCorrection when _tape.OneIn(5) =>
                new Input.Correct(step.Id, ["photo"], Change(), Applicant),
            StepStatus.Refused or StepStatus.Lapsed => new Input.Refile(step.Id, Change(), Applicant),
            _ when _tape.OneIn(8) => new Input.Refile(step.Id, Change(), Applicant),
            _ => Correct(step),
        };
    }

    private static Input.Correct Correct(StepState step) => new(step.Id, ["name", "photo"], Change(), Applicant);

    private static JsonElement Change() => JsonSerializer.SerializeToElement(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["/person/nick"] = "changed" });

    private Input OperatorActs()
    {
        var step = Any().Id;
        return _tape.Choose(6) switch
        {
            0 => new Input.Skip(step, "not needed", Operator),
            1 => new Input.CompleteByHand(step, RandomPackage.OutputsOf(step),
                [new("paper", "N-2", new(2026, 11, 22), null)], "minutes 12/2026", "done on paper", Operator),
            3 => new Input.Close(step, "transfer 118/2026", "paid back", Operator),
            2 => new Input.Extend(step, Now.AddHours(_tape.Choose(60) - 5), "agreed", Operator),
            _ => new Input.Retry(step, "no answer", Operator),
        };
    }

    private StepState Any() => State.Steps[_tape.Choose(State.Steps.Length)];

    // Replies that nobody asked for: another step, another attempt, an outcome of an cancellation or a fee
    // that never was.
    private Input.Reply Stray()
    {
        var known = Any().Id;
        var attempt = State.Step(known).Attempt;
        var other = new StepRef(State.Id, known, attempt + 1 + _tape.Choose(3));
        return _tape.Choose(6) switch
        {
            0 => new Input.StepCompleted(new StepCompleted
            {
                Step = new(State.Id, $"no-such-step-{_tape.Choose(1000)}", 1),
                Outputs = RandomPackage.OutputsOf("nobody")
            }),
            1 => new Input.StepCompleted(
                new StepCompleted { Step = other, Outputs = RandomPackage.OutputsOf("nobody") }),
            2 => new Input.StepRefused(new StepRefused { Step = new(State.Id, known, attempt - 1), Reasons = [] }),
            3 => new Input.FeePaid(new FeePaid { Step = other, BillingCode = "1", AmountRupiah = 5, PaidAt = Now }),
            4 => new Input.StepCancellationRefused(new StepCancellationRefused { Step = other, Reasons = [] }),
            _ => new Input.StepCancelled(new StepCancelled { Step = other }),
        };
    }

    private void DeliverAt(int index, bool keep)
    {
        var reply = _others.OnTheWay[index];
        if (!keep)
        {
            _others.OnTheWay.RemoveAt(index);
        }

        Deliver(reply);
    }

    private void Deliver(Input input)
    {
        if (State is not null)
        {
            _rules.Pass(State, Now);
        }

        var decision = _decider.Decide(Package.Definition, State, input, Now);
        _rules.Check(State, input, decision, Now);
        State = decision.State;
        Timeline.AddRange(decision.Entries);
        foreach (var effect in decision.Effects)
        {
            _others.Take(effect);
        }
    }
}
