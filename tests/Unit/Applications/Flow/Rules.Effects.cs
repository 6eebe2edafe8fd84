using Mpp.Applications.Flow;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>What is sent because of the entries: each once, to whom it concerns, and nothing else.</summary>
internal sealed partial class Rules
{
    private void CheckEffects(ApplicationState? before, Input input, Decision decision, DateTimeOffset now)
    {
        var (entries, effects, state) =
            (decision.Entries.Select(e => e.Event).ToList(), decision.Effects, decision.State);
        var erased = entries.OfType<Event.PersonalDataErased>().Any();
        if (before is { Ended: true } && !erased && !entries.OfType<Event.StepRefiled>().Any())
        {
            effects.Where(e => e is not (Effect.SetAlarm or Effect.Send<WithdrawFee> or Effect.Announce))
                .ShouldBeEmpty("an ended application asks nobody for anything, but that money is to be paid back");
        }

        effects.OfType<Effect.Send<EraseStep>>()
            .Select(e => (e.Queue, e.Message.Step.StepId, e.Message.Step.Attempt)).ShouldBe(
                _requested.Where(_ => erased)
                    .Select(r => (package.Step(r.Item1).Service.Split('/')[0], r.Item1, r.Item2)), ignoreOrder: true,
                "every agency erases every attempt that it was asked for, once");

        var asked = entries.OfType<Event.StepRetried>().ToList();
        Steps<Effect.Send<StepRequest>>(effects, r => r.Message.Step).ShouldBe(
            entries.OfType<Event.StepRequested>().Select(r => r.Step).Concat(
                asked.Where(a => state.Step(a.Step).Status is not StepStatus.DeemedGranted).Select(a => a.Step)),
            ignoreOrder: true, "what is requested is sent, once");
        Steps<Effect.Send<CancelStep>>(effects, u => u.Message.Step).ShouldBe(
            entries.Where(e => e is Event.StepCancellationRequested or Event.StepLapsed)
                .Select(e => ((StepEvent)e).Step).Concat(_laidAside), ignoreOrder: true,
            "what is to be cancelled or laid aside is told to its agency, once");
        Steps<Effect.Send<FeePaid>>(effects, p => p.Message.Step).ShouldBe(entries.OfType<Event.FeePaid>()
            .Select(p => p.Step), ignoreOrder: true, "an agency hears of its money, once");
        Steps<Effect.Send<StepDeemedGranted>>(effects, g => g.Message.Step).ShouldBe(
            entries.OfType<Event.StepDeemedGranted>().Select(g => g.Step)
                .Concat(asked.Where(a => state.Step(a.Step).Status is StepStatus.DeemedGranted).Select(a => a.Step)),
            ignoreOrder: true, "an agency hears that it is bound, once");
        Steps<Effect.Send<ReplyRejected>>(effects, r => r.Message.Step).ShouldBe(
            entries.OfType<Event.ReplyRejected>().Select(r => r.Step), "an agency hears what did not fit, once");
        Steps<Effect.Send<BillFee>>(effects, c => c.Message.Step).ShouldBe(
            entries.OfType<Event.FeeRequested>().Select(p => p.Step), ignoreOrder: true, "a fee is billed once");
        var leftUnpaid = (before?.Steps ?? []).Where(
            s => AwaitsMoney(s) && !AwaitsMoney(state.Step(s.Id)))
            .Where(s => !entries.Exists(e => e is Event.FeePaid p && p.Step == s.Id
                || e is Event.StepLapsed l && l.Step == s.Id)).Select(s => (s.Id, s.Attempt));
        var refunds = entries.Select(e => e switch
        {
            Event.FeePaidTooLate late => (late.Step, late.Attempt),
            Event.FeeRefundDue due => (due.Step, due.Attempt),
            _ => default,
        }).Where(due => due.Step is not null);
        effects.OfType<Effect.Send<WithdrawFee>>().Select(w => (w.Message.Step.StepId, w.Message.Step.Attempt))
            .ShouldBe(leftUnpaid.Concat(refunds), ignoreOrder: true,
                "a fee that nobody waits for any more is taken off the bill, and one that was paid back again");
        effects.OfType<Effect.Send<StepDeadlineExtended>>().Select(e => (e.Message.Step.StepId, e.Message.DueAt))
            .ShouldBe(entries.OfType<Event.DeadlineExtended>().Select(e => (e.Step, e.DueAt)),
                "an agency hears that it has another time");

        foreach (var request in effects.OfType<Effect.Send<StepRequest>>())
        {
            var definition = package.Step(request.Message.Step.StepId);
            definition.Service.ShouldStartWith(request.Queue + "/");
            // A step that time has started can be given another deadline, or the applicant another answer, in the same
            // breath; its agency knows what it began with.
            request.Message.DueAt.ShouldBe(
                entries.OfType<Event.StepRequested>().FirstOrDefault(r => r.Step == definition.Id) is { } begun
                    ? begun.DueAt
                    : state.Step(definition.Id).DueAt);
            request.Message.Corrected.ShouldBe(
                _corrected.Contains(definition.Id) ? ["name", "photo"] : [],
                "the agency hears what was answered, also when it is asked again");

            request.Message.Inputs.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetRawText())
                .ShouldBe(_asked.GetValueOrDefault(definition.Id) ?? package.Fields(definition.Id, _given),
                    ignoreOrder: true, "only mapped fields are sent, and all of them");
        }

        foreach (var fee in effects.OfType<Effect.Send<BillFee>>())
        {
            fee.Message.AmountRupiah.ShouldBe(
                ((Input.FeeRequested)input).Message.AmountRupiah, "the fee is what the agency asked for");
        }

        var news = decision.Entries.Where(e => e.Event is not Event.ReplyIgnored).ToList();
        effects.OfType<Effect.Announce>().Count().ShouldBe(news.Count > 0 ? 1 : 0, "each change is announced once");
        foreach (var message in effects.OfType<Effect.Announce>().Select(a => a.Message))
        {
            (message.Sequence, message.Status).ShouldBe((state.Sequence, state.Status));
            message.Steps.ShouldBe(state.Steps.ToDictionary(s => s.Id, s => s.Status), ignoreOrder: true);
            message.StepsInDetail.Select(s => (s.Id, s.Status, s.Attempt, s.Since, s.DueAt)).ShouldBe(
                state.Steps.Select(s => (s.Id, s.Status, s.Attempt, s.Since, s.DueAt)), ignoreOrder: true);
            message.StepsInDetail.Where(s => s.Matters.Count > 0).Select(s => s.Id).ShouldBe(
                state.Steps.Where(s => s.Matters.Any()).Select(s => s.Id), ignoreOrder: true,
                "whoever listens knows what needs an operator, also when the application has ended");
            message.Entries.Select(e => (e.Sequence, e.Kind)).ShouldBe(
                news.Select(e => (e.Sequence, FlowJson.Kind(e.Event))), "each entry is told once");
            _told.AddRange(message.Entries);
        }

        foreach (var effect in effects)
        {
            Alarm = effect switch
            {
                Effect.SetAlarm(var at) => at,
                _ => Alarm,
            };
        }

        if (state is { Ended: true, Erased: false })
        {
            Alarm.ShouldNotBeNull("what has ended is to be erased, so an alarm is set")
                .ShouldBeLessThanOrEqualTo(state.EraseAt!.Value);
        }
        else if (state is { Ended: false, NextLapse: { } lapse })
        {
            Alarm.ShouldNotBeNull("somebody is waited for, so an alarm is set");
            Alarm.Value.ShouldBeLessThanOrEqualTo(lapse > now ? lapse : now, "the alarm is never too late");
        }
    }
}
