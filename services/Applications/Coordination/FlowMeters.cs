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

    public void Record(Decision decision)
    {
        var package = new KeyValuePair<string, object?>("package", decision.State.Package);
        foreach (var (_, _, happened) in decision.Entries)
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
            }
        }
    }
}
