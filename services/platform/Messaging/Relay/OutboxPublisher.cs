using System.Collections.Concurrent;
using System.Net.Mime;
using MassTransit.Context;
using MassTransit.Logging;
using MassTransit.Serialization;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Tables;
using Mpp.Messaging.Telemetry;

namespace Mpp.Messaging.Relay;

/// <summary>
/// Sends a row's bytes as they are, through MassTransit's transport: same message id, nothing serialised a second time.
/// </summary>
internal class OutboxPublisher(IBus bus)
{
    private static readonly ConcurrentDictionary<string, ContentType> ContentTypes = new(StringComparer.Ordinal);
    private static readonly SerializedMessageBody Nothing = new();

    private readonly ConcurrentDictionary<string, Route> _routes = new(StringComparer.Ordinal);

    /// <summary>
    /// Completes when the broker has confirmed the message, and throws when it has not, or when a command reached no
    /// queue.
    /// </summary>
    public virtual async Task SendAsync(OutboxRow _row, CancellationToken cancellationToken)
    {
        var route = _routes.TryGetValue(_row.Destination, out var known) ? known : await RouteAsync(_row.Destination);
        var pipe = new RowPipe(_row, route.Mandatory);
        using var activity = pipe.LinksTrace ? Linked(_row.Traceparent) : null;
        if (activity is not null)
        {
            pipe.LinksTrace = false;
        }

        await route.Endpoint.Send(Nothing, pipe, cancellationToken);
    }

    /// <summary>
    /// A timer's message opens a trace of its own that points to the one that set the timer: no trace lasts for weeks.
    /// </summary>
    private static Activity? Linked(string? traceparent)
    {
        Activity.Current = null;
        return ActivityContext.TryParse(traceparent, null, out var origin)
            ? MessagingMeters.Activities.StartActivity(
                "timer", ActivityKind.Internal, parentContext: default, links: [new ActivityLink(origin)])
            : null;
    }

    private async Task<Route> RouteAsync(string destination)
    {
        var (address, _mandatory) = OutboxAddress.Resolve(destination);
        var route = new Route(await bus.GetSendEndpoint(address), _mandatory);
        // Reply queues of other processes come and go.
        return address.Query.Length > 0 ? route : _routes.GetOrAdd(destination, route);
    }

    private sealed record Route(ISendEndpoint Endpoint, bool Mandatory);

    private sealed class RowPipe : IPipe<SendContext<SerializedMessageBody>>
    {
        private readonly OutboxRow _row;
        private readonly bool _mandatory;
        private readonly Dictionary<string, object>? _headers;

        public RowPipe(OutboxRow row, bool mandatory)
        {
            (_row, _mandatory) = (row, mandatory);
            _headers = _row.Headers is null ? null : OutboxCapture.Parse(_row.Headers);
            LinksTrace = _headers?.Remove(DiagnosticHeaders.ActivityPropagation) ?? false;
        }

        /// <summary>True when the receiver must link to the row's trace instead of continuing it.</summary>
        public bool LinksTrace { get; set; }

        public Task Send(SendContext<SerializedMessageBody> context)
        {
            context.MessageId = _row.MessageId;
            if (_headers is not null)
            {
                foreach (var (key, value) in _headers)
                {
                    context.Headers.Set(key, value, true);
                }
            }

            if (_row.Properties is not null && context is TransportSendContext transport)
            {
                var properties = OutboxCapture.Parse(_row.Properties);
                transport.ReadPropertiesFrom(properties);
                if (properties.TryGetValue(OutboxCapture.TimeToLive, out var milliseconds))
                {
                    context.TimeToLive = TimeSpan.FromMilliseconds(Convert.ToDouble(
                        milliseconds, System.Globalization.CultureInfo.InvariantCulture));
                }
            }

            if (_row.Traceparent is not null && Activity.Current is null)
            {
                context.Headers.Set(DiagnosticHeaders.ActivityId, _row.Traceparent);
                if (LinksTrace)
                {
                    context.Headers.Set(DiagnosticHeaders.ActivityPropagation, "Link");
                }
            }

            if (_mandatory)
            {
                context.GetPayload<RabbitMqSendContext>().Mandatory = true;
            }

            context.Serializer = new CopyBodySerializer(
                ContentTypes.GetOrAdd(_row.ContentType, static type => new ContentType(type)),
                new BytesMessageBody(_row.Body));
            return Task.CompletedTask;
        }

        public void Probe(ProbeContext context)
        {
        }
    }
}
