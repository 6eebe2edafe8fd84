using Mpp.Applications.Flow;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;

namespace Mpp.Unit.Applications.Flow;

/// <summary>
/// Agencies and payments around one application, as the step protocol obliges them: work is done once for each attempt and answered again
/// alike, charges end once. What they answer is on the way and may be lost in order, doubled or late; that is the world's doing.
/// </summary>
internal sealed class Surroundings(Tape tape, Func<DateTimeOffset> now)
{
    private readonly Dictionary<StepRef, Work> _works = [];
    private readonly Dictionary<StepRef, (long Amount, ChargeState State)> _charges = [];

    private enum Work
    {
        InHand,
        AwaitingPayment,
        Completed,
        Rejected,
        Cancelled,
    }

    private enum ChargeState
    {
        Open,
        Settled,
        Lapsed,
        Withdrawn,
    }

    /// <summary>Replies that have not arrived.</summary>
    public List<Input.Reply> OnTheWay { get; } = [];

    /// <summary>What the bank took for this application.</summary>
    public long SettledRupiah => _charges.Values.Where(c => c.State is ChargeState.Settled).Sum(c => c.Amount);

    /// <summary>Everybody answers, and grants where it can: the end is near.</summary>
    public bool Willing { get; set; }

    public void Take(Effect effect)
    {
        switch (effect)
        {
            case Effect.RequestStep(_, var m):
                Perform(m.Step);
                break;
            case Effect.UndoStep(_, var m):
                Undo(m.Step);
                break;
            case Effect.TellPaid(_, var m) when _works.GetValueOrDefault(m.Step, Work.Cancelled) is Work.AwaitingPayment:
                Finish(m.Step, grant: Willing || !tape.OneIn(6));
                break;
            case Effect.TellGranted(_, var m) when _works.GetValueOrDefault(m.Step) is not (Work.Completed or Work.Cancelled):
                Finish(m.Step, grant: true);
                break;
            case Effect.TellGranted(_, var m) when _works.GetValueOrDefault(m.Step) is Work.Completed:
                Finish(m.Step, grant: true);
                break;
            case Effect.Charge(var m):
                Charge(m);
                break;
            case Effect.Withdraw(var m):
                if (_charges.TryGetValue(m.Step, out var charge) && charge.State is ChargeState.Open)
                {
                    _charges[m.Step] = charge with { State = ChargeState.Withdrawn };
                    OnTheWay.Add(new Input.PaymentWithdrawn(new ChargeWithdrawn { Step = m.Step }));
                }

                break;
        }
    }

    /// <summary>The bank takes the money of an open charge, or its time is over.</summary>
    public void Pay(bool settle)
    {
        var open = _charges.Where(c => c.Value.State is ChargeState.Open).Select(c => c.Key).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var step = open[tape.Choose(open.Count)];
        var amount = _charges[step].Amount;
        _charges[step] = (amount, settle ? ChargeState.Settled : ChargeState.Lapsed);
        OnTheWay.Add(settle
            ? new Input.Settled(new ChargeSettled { Step = step, BillingCode = "820261122000017", AmountRupiah = amount, SettledAt = DateTimeOffset.UnixEpoch })
            : new Input.PaymentLapsed(new ChargeLapsed { Step = step }));
    }

    private void Charge(ChargeFee m)
    {
        if (!_charges.TryAdd(m.Step, (m.AmountRupiah, ChargeState.Open)))
        {
            throw new InvalidOperationException("A fee is charged once.");
        }

        OnTheWay.Add(new Input.Billed(new ChargeBilled { Step = m.Step, BillingCode = "820261122000017", ExpiresAt = m.ExpiresAt }));
    }

    private void Perform(StepRef step)
    {
        switch (_works.GetValueOrDefault(step, Work.InHand))
        {
            case Work.Completed:
                Finish(step, grant: true);
                return;
            case Work.Rejected:
                Finish(step, grant: false);
                return;
            case Work.Cancelled:
                return;
        }

        _works.TryAdd(step, Work.InHand);
        if (tape.OneIn(3))
        {
            OnTheWay.Add(new Input.Accepted(new StepAccepted { Step = step, AgencyFileNumber = "A/1", ExpectedAt = null, DecidedAt = Said() }));
        }

        switch (Willing ? 0 : tape.Choose(12))
        {
            case <= 5:
                Finish(step, grant: true);
                break;
            case 6:
                Finish(step, grant: false);
                break;
            case 7 or 8:
                OnTheWay.Add(new Input.Correction(new CorrectionRequested { Step = step, Items = [new("photo", new("", "")), new("name", new("", ""), "/field1")], DecidedAt = Said() }));
                break;
            case 9 or 10:
                _works[step] = Work.AwaitingPayment;
                OnTheWay.Add(new Input.Payment(new PaymentRequested { Step = step, AmountRupiah = 10_000 + tape.Choose(5), Purpose = "PNBP", ExpiresAt = DateTimeOffset.MaxValue, DecidedAt = Said() }));
                break;
        }
    }

    private void Finish(StepRef step, bool grant)
    {
        _works[step] = grant ? Work.Completed : Work.Rejected;
        OnTheWay.Add(grant
            ? new Input.Completed(new StepCompleted { Step = step, Outputs = RandomPackage.OutputsOf(step.StepId), Documents = [new("paper", "N-1", new(2026, 11, 22), null)], DecidedAt = Said() })
            : new Input.Rejected(new StepRejected { Step = step, Reasons = [new("no-open-record", new("", ""))], DecidedAt = Said() }));
    }

    private void Undo(StepRef step)
    {
        var work = _works.GetValueOrDefault(step, Work.InHand);
        if (!Willing && tape.OneIn(6))
        {
            return; // Silent; an operator asks again.
        }

        if (work is Work.Completed or Work.InHand && tape.OneIn(3))
        {
            OnTheWay.Add(new Input.UndoRefused(new StepCancellationRefused { Step = step, Reasons = [new("printed", new("", ""))] }));
            if (work is Work.InHand)
            {
                Finish(step, grant: tape.OneIn(2));
            }

            return;
        }

        _works[step] = Work.Cancelled;
        OnTheWay.Add(new Input.Undone(new StepCancelled { Step = step }));
    }

    // Some agencies do not say when, and some clocks are fast or slow.
    private DateTimeOffset? Said() => tape.Choose(8) switch
    {
        0 => null,
        1 => now().AddHours(3),
        2 => now().AddDays(-30),
        _ => now(),
    };
}
