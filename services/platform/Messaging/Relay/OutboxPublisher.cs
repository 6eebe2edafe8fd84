using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Mime;
using MassTransit.Logging;
using MassTransit.Serialization;
using Mpp.Messaging.Broker;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Tables;
using Mpp.Messaging.Telemetry;

namespace Mpp.Messaging.Relay;

/// <summary>
/// Sends a row's bytes as they are, through MassTransit's transport: same message id, nothing serialised a second time.
/// </summary>
internal class OutboxPublisher(ExchangeSender exchanges)
{
    private static readonly ConcurrentDictionary<string, ContentType> ContentTypes = new(StringComparer.Ordinal);
    private static readonly SerializedMessageBody Nothing = new();

    /// <summary>
    /// Completes when the broker has confirmed the message, and throws when it has not, or when a command reached no
    /// queue.
    /// </summary>
    public virtual async Task SendAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        var (exchange, mandatory) = OutboxAddress.Resolve(row.Destination);
        var headers = Parse(row.Headers);
        var linksTrace = headers.Remove(DiagnosticHeaders.ActivityPropagation);
        using var activity = linksTrace ? Linked(row.Traceparent) : null;
        var properties = Parse(row.Properties);
        properties.Remove(OutboxCapture.TimeToLive, out var timeToLive);
        await exchanges.SendAsync(exchange, Nothing, properties, Complete, cancellationToken);

        void Complete(SendContext<SerializedMessageBody> context)
        {
            context.MessageId = row.MessageId;
            foreach (var (key, value) in headers)
            {
                context.Headers.Set(key, value, true);
            }

            if (timeToLive is not null)
            {
                context.TimeToLive =
                    TimeSpan.FromMilliseconds(Convert.ToDouble(timeToLive, CultureInfo.InvariantCulture));
            }

            if (row.Traceparent is not null && Activity.Current is null)
            {
                context.Headers.Set(DiagnosticHeaders.ActivityId, row.Traceparent);
                if (linksTrace)
                {
                    context.Headers.Set(DiagnosticHeaders.ActivityPropagation, "Link");
                }
            }

            context.GetPayload<RabbitMqSendContext>().Mandatory = mandatory;
            context.Serializer = new CopyBodySerializer(
                ContentTypes.GetOrAdd(row.ContentType, static type => new ContentType(type)),
                new BytesMessageBody(row.Body));
        }
    }

    private static Dictionary<string, object> Parse(string? json) =>
        json is null ? new(StringComparer.OrdinalIgnoreCase) : OutboxCapture.Parse(json);

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
}
