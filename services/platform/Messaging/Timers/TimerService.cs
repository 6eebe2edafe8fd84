using System.Text.Json;
using MassTransit.Logging;
using MassTransit.Middleware.Outbox;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Tables;
using Mpp.Messaging.Writes;

namespace Mpp.Messaging.Timers;

/// <summary>What a scope sets and drops, among its <see cref="PendingWrites{TDbContext}"/>.</summary>
internal sealed class TimerService<TDbContext>(
    PendingWrites<TDbContext> writes, IBus bus, IServiceProvider services) : ITimers
    where TDbContext : DbContext
{
    private static readonly string LinkHeader = JsonSerializer.Serialize(
        new Dictionary<string, string>(StringComparer.Ordinal) { [DiagnosticHeaders.ActivityPropagation] = "Link" });

    public async Task SetAsync<T>(
        Guid owner, string name, DateTimeOffset dueAt, string queue, T message, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        ArgumentNullException.ThrowIfNull(message);
        var row = new TimerRow
        {
            OwnerId = owner,
            Name = name,
            DueAt = dueAt.ToUniversalTime(),
            Destination = "",
            ContentType = "",
            Body = []
        };
        var endpoint = new OutboxSendEndpoint(
            new Capture(row, services), await bus.GetSendEndpoint(OutboxAddress.Queue(queue)));
        await endpoint.Send(message, cancellationToken);
        row.Headers = row.Traceparent is null ? row.Headers : LinkHeader;
        await writes.WriteAsync(owner, name, row, cancellationToken);
    }

    public Task DropAsync(Guid owner, string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return writes.WriteAsync(owner, name, row: null, cancellationToken);
    }

    private sealed class Capture(TimerRow row, IServiceProvider services) : OutboxSendContext
    {
        public Task AddSend<T>(SendContext<T> context) where T : class
        {
            OutboxCapture.Fill(row, context, published: false);
            return Task.CompletedTask;
        }

        public object? GetService(Type serviceType) => services.GetService(serviceType);
    }
}
