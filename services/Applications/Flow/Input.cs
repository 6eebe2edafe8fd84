using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Applications.Flow;

/// <summary>What can happen to an application: it is filed, an agency replies, or time passes.</summary>
internal abstract record Input
{
    /// <summary>The applicant files it. The caller has checked the input against the package's schema.</summary>
    internal sealed record Submit(Guid Id, ApplicationNumber Number, RegionCode Region, string Channel, JsonElement Content) : Input;

    /// <summary>The alarm that <see cref="Effect.SetAlarm"/> asked for; a stale one is harmless.</summary>
    internal sealed record AlarmFired : Input;

    /// <summary>An agency's reply to a step.</summary>
    internal abstract record Reply(StepRef Step, string Kind) : Input;

    internal sealed record Accepted(StepAccepted Message) : Reply(Message.Step, "step-accepted");

    internal sealed record Completed(StepCompleted Message) : Reply(Message.Step, "step-completed");

    internal sealed record Rejected(StepRejected Message) : Reply(Message.Step, "step-rejected");

    internal sealed record Correction(CorrectionRequested Message) : Reply(Message.Step, "correction-requested");

    internal sealed record Payment(PaymentRequested Message) : Reply(Message.Step, "payment-requested");

    internal sealed record Cancelled(StepCancelled Message) : Reply(Message.Step, "step-cancelled");

    internal sealed record CancellationRefused(StepCancellationRefused Message) : Reply(Message.Step, "step-cancellation-refused");
}
