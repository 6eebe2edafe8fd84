using System.Globalization;
using System.Text.Json;
using MassTransit.Context;
using MassTransit.Logging;
using Mpp.Messaging.Tables;

namespace Mpp.Messaging.Outbox;

/// <summary>Turns what MassTransit was about to send into a row.</summary>
internal static class OutboxCapture
{
    public const string TimeToLive = "Mpp-TimeToLive";

    /// <param name="context">The message and where it goes.</param>
    /// <param name="published">False when it must arrive in a queue. MassTransit's context does not say which of the
    /// two it is.</param>
    /// <param name="time">The clock.</param>
    public static OutboxRow Row<T>(SendContext<T> context, bool published, TimeProvider time) where T : class
    {
        var row = new OutboxRow { Destination = "", ContentType = "", Body = [], CreatedAt = time.GetUtcNow() };
        Fill(row, context, published);
        return row;
    }

    public static void Fill<T>(MessageRow row, SendContext<T> context, bool published) where T : class
    {
        row.MessageId = context.MessageId
            ?? throw new MessageException(typeof(T), "A message without an id cannot be told from its duplicate.");
        var address = context.DestinationAddress
            ?? throw new MessageException(typeof(T), "The message has no destination.");
        row.Destination = OutboxAddress.Destination(address, published);
        row.Traceparent = context.Headers.Get<string>(DiagnosticHeaders.ActivityId) ?? Activity.Current?.Id;
        row.Headers = Headers(context);
        row.Properties = Properties(context);
        row.Body = context.Serializer.GetMessageBody(context).GetBytes();
        row.ContentType = (context.ContentType ?? context.Serializer.ContentType).ToString();
    }

    private static string? Headers(SendContext context)
    {
        Dictionary<string, object>? headers = null;
        foreach (var (key, value) in context.Headers.GetAll())
        {
            // The trace has a column of its own; baggage is not carried on: nothing here uses it, and it may say who
            // somebody is.
            if (value is null or ""
                || key is DiagnosticHeaders.ActivityId or DiagnosticHeaders.ActivityCorrelationContext)
            {
                continue;
            }

            (headers ??= [])[key] = value is bool or int or long or double
                ? value
                : value is IFormattable text ? text.ToString(
                    null, CultureInfo.InvariantCulture) : value.ToString() ?? "";
        }

        return headers is null ? null : JsonSerializer.Serialize(headers);
    }

    private static string? Properties<T>(SendContext<T> context) where T : class
    {
        if (context is not TransportSendContext<T> transport)
        {
            return null;
        }

        var properties = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        transport.WritePropertiesTo(properties);
        // Both follow from the destination.
        properties.Remove("RMQ-Exchange");
        properties.Remove("Mandatory");
        if (context.TimeToLive is { } timeToLive)
        {
            properties[TimeToLive] = timeToLive.TotalMilliseconds;
        }

        return properties.Count == 0 ? null : JsonSerializer.Serialize(properties);
    }

    /// <summary>The JSON object of a headers or properties column with values as MassTransit takes them.</summary>
    public static Dictionary<string, object> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var values = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            object? value = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number =>
                    property.Value.TryGetInt64(out var number) ? number : property.Value.GetDouble(),
                _ => null,
            };
            if (value is not null)
            {
                values[property.Name] = value;
            }
        }

        return values;
    }
}
