using Mpp.Applications.Flow;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>
/// Agencies and payments around one application, as the step protocol obliges them: work is done once for each attempt
/// and answered again alike, fees end once. What they answer is on the way and may be lost in order, doubled or late;
/// that is the world's doing.
/// </summary>
internal sealed class Surroundings(Tape tape, Func<DateTimeOffset> now)
{
    private const string BillingCode = "820261122000017";

    private readonly HashSet<StepRef> _kept = [];
    private readonly Dictionary<StepRef, Work> _works = [];
    private readonly Dictionary<StepRef, Money> _fees = [];

    private enum Work
    {
        InHand,
        AwaitingPayment,
        Completed,
        Refused,
        Cancelled,
    }

    private enum FeeState
    {
        Open,
        Paid,
        Lapsed,
        Withdrawn,
        RefundDue,
        PaidBack,
    }

    private sealed record Money(long Amount, FeeState State);

    /// <summary>Replies that have not arrived.</summary>
    public List<Input.Reply> OnTheWay { get; } = [];

    /// <summary>What the bank took for this application.</summary>
    public long PaidRupiah => _fees.Values
        .Where(c => c.State is FeeState.Paid or FeeState.RefundDue or FeeState.PaidBack).Sum(c => c.Amount);

    /// <summary>Everybody answers, and grants where it can: the end is near.</summary>
    public bool Willing { get; set; }

    public void Take(Effect effect)
    {
        switch (effect)
        {
            case Effect.Send<StepRequest>(_, var m):
                Perform(m.Step);
                break;
            case Effect.Send<CancelStep>(_, var m):
                Cancel(m.Step);
                break;
            case Effect.Send<FeePaid>(_, var m)
                when _works.GetValueOrDefault(m.Step, Work.Cancelled) is Work.AwaitingPayment:
                Finish(m.Step, grant: Willing || !tape.OneIn(6));
                break;
            case Effect.Send<StepDeemedGranted>(_, var m)
                when _works.GetValueOrDefault(m.Step) is not (Work.Completed or Work.Cancelled):
                Finish(m.Step, grant: true);
                break;
            case Effect.Send<StepDeemedGranted>(_, var m) when _works.GetValueOrDefault(m.Step) is Work.Completed:
                Finish(m.Step, grant: true);
                break;
            case Effect.Send<BillFee>(_, var m):
                Bill(m);
                break;
            case Effect.Send<WithdrawFee>(_, var m):
                Withdraw(m.Step);
                break;
        }
    }

    /// <summary>
    /// The bank takes the money of an open fee, or its time is over. Sometimes it took the money in time, and says so
    /// only when the fee has lapsed or is withdrawn.
    /// </summary>
    public void Pay(bool paid)
    {
        var late = paid && !Willing && tape.OneIn(4);
        var fees = _fees.Where(c => late
            ? c.Value.State is FeeState.Lapsed or FeeState.Withdrawn
            : c.Value.State is FeeState.Open).Select(c => c.Key).ToList();
        if (fees.Count == 0)
        {
            return;
        }

        var step = fees[tape.Choose(fees.Count)];
        var fee = _fees[step];
        _fees[step] = fee with
        {
            State = !paid ? FeeState.Lapsed : fee.State is FeeState.Withdrawn ? FeeState.RefundDue : FeeState.Paid
        };
        OnTheWay.Add(paid
            ? new Input.FeePaid(new FeePaid
            {
                Step = step,
                BillingCode = BillingCode,
                AmountRupiah = fee.Amount,
                PaidAt = DateTimeOffset.UnixEpoch
            })
            : new Input.FeeLapsed(new FeeLapsed { Step = step }));
    }

    /// <summary>Money that is to be paid back is.</summary>
    public void PayBack()
    {
        foreach (var (step, fee) in _fees.Where(c => c.Value.State is FeeState.RefundDue).Take(1).ToList())
        {
            _fees[step] = fee with { State = FeeState.PaidBack };
            OnTheWay.Add(new Input.FeePaidBack(new FeePaidBack
            {
                Step = step,
                BillingCode = BillingCode,
                AmountRupiah = fee.Amount,
                Reference = "TRF-1",
                PaidBackAt = now()
            }));
        }
    }

    /// <summary>Where the money is in the end, by what Payments know and by what the coordinator does.</summary>
    public void CheckMoney(ApplicationState state, IReadOnlyList<Event> timeline)
    {
        foreach (var (step, (_, where)) in _fees)
        {
            var fee = state.Step(step.StepId).FeeOf(step.Attempt)!;
            (fee.Paid, fee.RefundDue, fee.PaidBack).ShouldBe(
                (where is FeeState.Paid or FeeState.RefundDue or FeeState.PaidBack, where is FeeState.RefundDue,
                    where is FeeState.PaidBack), "the coordinator and Payments agree on every fee");
            var due = timeline.Count(e => e is Event.FeePaidTooLate late && Is(step, late.Step, late.Attempt)
                || e is Event.FeeRefundDue refund && Is(step, refund.Step, refund.Attempt));
            due.ShouldBe(where is FeeState.RefundDue or FeeState.PaidBack ? 1 : 0, "a refund becomes due once");
            var served = timeline.Any(
                e => e is Event.StepCompleted done && Is(step, done.Step, done.Attempt)
                    || e is Event.StepDeemedGranted granted && Is(step, granted.Step, granted.Attempt)
                    || (fee.KeptIfRefused && e is Event.StepRefused no && Is(step, no.Step, no.Attempt)));
            (where is FeeState.Paid && !served).ShouldBeFalse("nobody keeps money for what was not done");
        }
    }

    private static bool Is(StepRef fee, string step, int attempt) => (fee.StepId, fee.Attempt) == (step, attempt);

    private void Withdraw(StepRef step)
    {
        if (_fees.TryGetValue(step, out var fee) && fee.State is FeeState.Open or FeeState.Paid)
        {
            var open = fee.State is FeeState.Open;
            _fees[step] = fee with { State = open ? FeeState.Withdrawn : FeeState.RefundDue };
            if (open)
            {
                OnTheWay.Add(new Input.FeeWithdrawn(new FeeWithdrawn { Step = step }));
            }
        }
    }

    private void Bill(BillFee m)
    {
        if (!_fees.TryAdd(m.Step, new(m.AmountRupiah, FeeState.Open)))
        {
            throw new InvalidOperationException("A fee is billed once.");
        }

        OnTheWay.Add(new Input.FeeBilled(
            new FeeBilled { Step = m.Step, BillingCode = BillingCode, ExpiresAt = m.ExpiresAt }));
    }

    private void Perform(StepRef step)
    {
        switch (_works.GetValueOrDefault(step, Work.InHand))
        {
            case Work.Completed:
                Finish(step, grant: true);
                return;
            case Work.Refused:
                Finish(step, grant: false);
                return;
            case Work.Cancelled:
                return;
        }

        _works.TryAdd(step, Work.InHand);
        if (tape.OneIn(3))
        {
            OnTheWay.Add(new Input.StepAccepted(
                new StepAccepted { Step = step, AgencyFileNumber = "A/1", ExpectedAt = null, DecidedAt = Said() }));
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
                OnTheWay.Add(new Input.CorrectionRequested(new CorrectionRequested
                {
                    Step = step,
                    Items = [new("photo", new("", "")), new("name", new("", ""), "/field1")],
                    DecidedAt = Said()
                }));
                break;
            case 9 or 10:
                _works[step] = Work.AwaitingPayment;
                OnTheWay.Add(new Input.FeeRequested(new FeeRequested
                {
                    Step = step,
                    AmountRupiah = 10_000 + tape.Choose(5),
                    Purpose = "PNBP",
                    ExpiresAt = DateTimeOffset.MaxValue,
                    KeptIfRefused = tape.OneIn(4),
                    DecidedAt = Said()
                }));
                if (tape.OneIn(6))
                {
                    Finish(step, grant: false); // It has looked again.
                }

                break;
        }
    }

    private void Finish(StepRef step, bool grant)
    {
        _works[step] = grant ? Work.Completed : Work.Refused;
        Answer(grant
            ? new Input.StepCompleted(new StepCompleted
            {
                Step = step,
                Outputs = RandomPackage.OutputsOf(step.StepId),
                Documents = [new("paper", "N-1", new(2026, 11, 22), null)],
                DecidedAt = Said()
            })
            : new Input.StepRefused(
                new StepRefused { Step = step, Reasons = [new("no-open-record", new("", ""))], DecidedAt = Said() }));
    }

    /// <summary>Some agencies say it wrongly first.</summary>
    private void Answer(Input.Reply reply)
    {
        if (!Willing && tape.OneIn(10))
        {
            OnTheWay.Add(new Input.RejectedReply(reply, [new ReplyFault("/outputs", "invalid", "")]));
        }

        OnTheWay.Add(reply);
    }

    private void Cancel(StepRef step)
    {
        var work = _works.GetValueOrDefault(step, Work.InHand);
        if (!Willing && tape.OneIn(6))
        {
            return; // Silent; an operator asks again.
        }

        // Asked again, an agency answers again alike.
        if (_kept.Contains(step) || (work is Work.Completed or Work.InHand or Work.AwaitingPayment && tape.OneIn(3)))
        {
            if (work is Work.AwaitingPayment)
            {
                _kept.Add(step);
            }

            OnTheWay.Add(new Input.StepCancellationRefused(
                new StepCancellationRefused { Step = step, Reasons = [new("printed", new("", ""))] }));
            if (work is Work.InHand)
            {
                Finish(step, grant: tape.OneIn(2));
            }

            return;
        }

        _works[step] = Work.Cancelled;
        OnTheWay.Add(new Input.StepCancelled(new StepCancelled { Step = step }));
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
