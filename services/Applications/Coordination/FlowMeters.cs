using System.Diagnostics.Metrics;
using Mpp.Applications.Flow;

namespace Mpp.Applications.Coordination;

/// <summary>What operators watch of the flow; meter <c>Mpp.Applications</c>.</summary>
internal sealed class FlowMeters
{
    private readonly Counter<long> _submitted;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _erased;
    private readonly Histogram<double> _stepDuration;
    private readonly Histogram<double> _deadlineLeft;
    private readonly Counter<long> _corrections;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _overdue;
    private readonly Counter<long> _stalled;
    private readonly Counter<long> _ignored;
    private readonly Counter<long> _unknown;
    private readonly Counter<long> _rejected;

    public FlowMeters(IMeterFactory meters)
    {
        var meter = meters.Create("Mpp.Applications");
        _submitted = meter.CreateCounter<long>("mpp.applications.submitted", "{application}", "Applications filed.");
        _ended = meter.CreateCounter<long>(
            "mpp.applications.ended", "{application}", "Applications that came to their end, by status.");
        _duration = meter.CreateHistogram<double>("mpp.applications.duration", "s", "From submission to the end.");
        _erased = meter.CreateCounter<long>(
            "mpp.applications.erased", "{application}", "Applications whose personal data were erased.");
        _stepDuration = meter.CreateHistogram<double>("mpp.steps.duration", "s",
            "How long an agency had a step in hand until it completed or refused it, by service and outcome.");
        _deadlineLeft = meter.CreateHistogram<double>("mpp.steps.deadline.left", "s",
            "What was left of the time when an agency completed or refused a step, by service; 0 when it was late.");
        _corrections = meter.CreateCounter<long>(
            "mpp.steps.corrections", "{item}", "What agencies had mended, by service and requirement.");
        _refusals = meter.CreateCounter<long>(
            "mpp.steps.refusals", "{reason}", "Why agencies refused, by service and requirement.");
        _overdue = meter.CreateCounter<long>(
            "mpp.steps.overdue", "{step}", "Steps whose time was over before their agency was done, by service.");
        _stalled = meter.CreateCounter<long>("mpp.steps.stalled", "{step}", "Steps whose agency was silent too long.");
        _ignored = meter.CreateCounter<long>(
            "mpp.replies.ignored", "{reply}", "Late and unasked replies that changed nothing.");
        _unknown = meter.CreateCounter<long>(
            "mpp.replies.unknown", "{reply}", "Replies to applications that are not here.");
        _rejected = meter.CreateCounter<long>(
            "mpp.replies.rejected", "{reply}", "Replies that did not fit the published standard of their service.");
    }

    public void UnknownReply() => _unknown.Add(1);

    public void ReplyRejected(string service, string reply) => _rejected.Add(
        1, new KeyValuePair<string, object?>("service", service), new KeyValuePair<string, object?>("reply", reply));

    public void Record(PackageDefinition definition, Decision decision)
    {
        var package = new KeyValuePair<string, object?>("package", decision.State.Package);
        foreach (var (_, at, happened) in decision.Entries)
        {
            switch (happened)
            {
                case Event.ApplicationSubmitted:
                    _submitted.Add(1, package);
                    break;
                case Event.ApplicationEnded { Status: var status }:
                    var tag = new KeyValuePair<string, object?>("status", Kebab.Of(status));
                    _ended.Add(1, package, tag);
                    _duration.Record(
                        (decision.State.UpdatedAt - decision.State.SubmittedAt).TotalSeconds, package, tag);
                    break;
                case Event.PersonalDataErased:
                    _erased.Add(1, package);
                    break;
                case Event.StepStalled(var step, _):
                    _stalled.Add(1, package, new KeyValuePair<string, object?>("step", step));
                    break;
                case Event.ReplyIgnored(_, _, var reply, _):
                    _ignored.Add(1, package, new KeyValuePair<string, object?>("reply", reply));
                    break;
                case StepEvent e when definition.Steps.FirstOrDefault(step => step.Id == e.Step) is { } step:
                    Record(e, at, decision.State.Step(e.Step), new("service", step.Service));
                    break;
            }
        }
    }

    private void Record(
        StepEvent happened, DateTimeOffset at, StepState step, KeyValuePair<string, object?> service)
    {
        switch (happened)
        {
            case Event.StepCompleted { Evidence: null }:
                Answered("completed");
                break;
            case Event.StepRefused e:
                Answered("refused");
                Count(_refusals, e.Reasons);
                break;
            case Event.CorrectionRequested e:
                Count(_corrections, e.Items);
                break;
            case Event.StepOverdue:
                _overdue.Add(1, service);
                break;
        }

        void Answered(string outcome)
        {
            _stepDuration.Record(step.TimeWithAgency.TotalSeconds, service, new("outcome", outcome));
            if (step.DueAt is { } due)
            {
                _deadlineLeft.Record(Math.Max(0, (due - at).TotalSeconds), service);
            }
        }

        void Count(Counter<long> counter, IEnumerable<StepReason> reasons)
        {
            foreach (var reason in reasons)
            {
                counter.Add(1, service, new("requirement", reason.Requirement));
            }
        }
    }
}
