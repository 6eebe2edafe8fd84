using Payments = Mpp.Contracts.Payments;
using Steps = Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>
/// What can happen to an application: it is filed, an agency or the payments reply, somebody acts, or time passes.
/// </summary>
internal abstract record Input
{
    /// <summary>The applicant files it. The caller has checked the input against the package's schema.</summary>
    internal sealed record Submit(
        Guid Id, ApplicationNumber Number, RegionCode Region, string Channel, JsonElement Content,
        string? Client = null, Representation? Representation = null) : Input;

    /// <summary>The alarm that <see cref="Effect.SetAlarm"/> asked for; a stale one is harmless.</summary>
    /// <param name="Waited">Whether it was held up, and has given way to messages on the way.</param>
    internal sealed record AlarmFired(bool Waited = false) : Input;

    /// <summary>An agency's reply to a step.</summary>
    internal abstract record Reply(StepRef Step, string Kind) : Input
    {
        /// <summary>When the agency decided, where it says so.</summary>
        public virtual DateTimeOffset? DecidedAt => null;
    }

    /// <summary>An agency's reply that does not fit the published standard of its service.</summary>
    /// <param name="Of">The reply. Neither its content nor its time of decision counts.</param>
    /// <param name="Faults">At least one.</param>
    internal sealed record RejectedReply(Reply Of, ImmutableArray<ReplyFault> Faults) : Reply(Of.Step, Of.Kind);

    /// <summary>A reply of the payments about a step's fee.</summary>
    internal abstract record PaymentReply(StepRef Step, string Kind) : Reply(Step, Kind);

    internal sealed record StepAccepted(Steps.StepAccepted Message) : Reply(Message.Step, "step-accepted")
    {
        public override DateTimeOffset? DecidedAt => Message.DecidedAt;
    }

    internal sealed record StepCompleted(Steps.StepCompleted Message) : Reply(Message.Step, "step-completed")
    {
        public override DateTimeOffset? DecidedAt => Message.DecidedAt;
    }

    internal sealed record StepRefused(Steps.StepRefused Message) : Reply(Message.Step, "step-refused")
    {
        public override DateTimeOffset? DecidedAt => Message.DecidedAt;
    }

    internal sealed record CorrectionRequested(Steps.CorrectionRequested Message)
        : Reply(Message.Step, "correction-requested")
    {
        public override DateTimeOffset? DecidedAt => Message.DecidedAt;
    }

    internal sealed record FeeRequested(Steps.FeeRequested Message) : Reply(Message.Step, "fee-requested")
    {
        public override DateTimeOffset? DecidedAt => Message.DecidedAt;
    }

    internal sealed record StepCancelled(Steps.StepCancelled Message) : Reply(Message.Step, "step-cancelled");

    internal sealed record StepCancellationRefused(
        Steps.StepCancellationRefused Message) : Reply(Message.Step, "step-cancellation-refused");

    internal sealed record FeeBilled(Payments.FeeBilled Message) : PaymentReply(Message.Step, "fee-billed");

    internal sealed record FeePaid(Payments.FeePaid Message) : PaymentReply(Message.Step, "fee-paid");

    internal sealed record FeeLapsed(Payments.FeeLapsed Message) : PaymentReply(Message.Step, "fee-lapsed");

    internal sealed record FeeWithdrawn(Payments.FeeWithdrawn Message) : PaymentReply(Message.Step, "fee-withdrawn");

    internal sealed record FeePaidBack(
        Payments.FeePaidBack Message) : PaymentReply(Message.Step, "fee-paid-back");

    /// <summary>The applicant or an operator wants something; it may be denied.</summary>
    internal abstract record Act(Actor By) : Input;

    /// <summary>The applicant answers what an agency asked to mend.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Requirements">The items answered: all that were asked for.</param>
    /// <param name="Changes">Pointer into the applicant's input → new value, checked against
    /// the package's schema.</param>
    internal sealed record Correct(
        string Step, ImmutableArray<string> Requirements, JsonElement Changes, Actor By) : Act(By);

    /// <summary>The applicant files a refused or lapsed step again.</summary>
    internal sealed record Refile(string Step, JsonElement Changes, Actor By) : Act(By);

    /// <summary>Cancel the whole application.</summary>
    internal sealed record Cancel(string? Reason, Actor By) : Act(By);

    /// <summary>Go on in another channel.</summary>
    internal sealed record ChangeChannel(string Channel, Actor By) : Act(By);

    /// <summary>An operator acts on a step.</summary>
    internal abstract record Operate(OperatorAct Kind, string Step, string Reason, Actor By) : Act(By);

    internal sealed record Retry(string Step, string Reason, Actor By) : Operate(OperatorAct.Retry, Step, Reason, By);

    internal sealed record Skip(string Step, string Reason, Actor By) : Operate(OperatorAct.Skip, Step, Reason, By);

    /// <param name="Outputs">As the service's output schema says.</param>
    /// <param name="Evidence">Where the proof of the work is.</param>
    internal sealed record CompleteByHand(
        string Step, JsonElement Outputs, ImmutableArray<IssuedDocument> Documents, string Evidence, string Reason,
        Actor By) : Operate(OperatorAct.Complete, Step, Reason, By);

    /// <param name="Evidence">Where the proof is.</param>
    internal sealed record Close(
        string Step, string Evidence, string Reason, Actor By) : Operate(OperatorAct.Close, Step, Reason, By);

    internal sealed record Extend(
        string Step, DateTimeOffset DueAt, string Reason, Actor By) : Operate(OperatorAct.Extend, Step, Reason, By);
}
