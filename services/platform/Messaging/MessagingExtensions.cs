using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Mpp.Messaging;

/// <summary>Messages in and out of a service, each exactly once in effect: the one call a service's Program.cs makes.</summary>
public static class MessagingExtensions
{
    /// <summary>
    /// Connects the service to RabbitMQ (<c>ConnectionStrings:RabbitMq</c>, an <c>amqp://</c> address) with MassTransit, and to its own
    /// outbox, inbox and timers in <typeparamref name="TDbContext"/>'s database. What a consumer or an endpoint publishes or sends with
    /// <c>IPublishEndpoint</c> and <c>ISendEndpoint</c> leaves in the transaction of its <c>SaveChangesAsync</c>, or not at all.
    /// </summary>
    public static IHostApplicationBuilder AddMessaging<TDbContext>(this IHostApplicationBuilder builder, Action<MessagingConfigurator> configure)
        where TDbContext : DbContext
    {
        throw new NotImplementedException();
    }

    /// <summary>Maps the outbox, inbox and timer tables into a service's model. Call it in <c>OnModelCreating</c>.</summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        throw new NotImplementedException();
    }
}

/// <summary>What a service consumes.</summary>
public sealed class MessagingConfigurator
{
    /// <summary>A durable quorum queue of this name with its consumers.</summary>
    public MessagingConfigurator Queue(string name, Action<QueueConfigurator> configure) => throw new NotImplementedException();
}

/// <summary>The consumers of one queue.</summary>
public sealed class QueueConfigurator
{
    /// <summary>A MassTransit consumer; it is created in a scope of its own for every delivery.</summary>
    public QueueConfigurator Consumer<TConsumer>() where TConsumer : class, MassTransit.IConsumer => throw new NotImplementedException();
}

/// <summary>Sends to one queue, through the outbox. A queue that nobody has declared is an error that an operator sees, not a lost message.</summary>
public interface ICommandSender
{
    /// <summary>Puts a message for a queue into the outbox of the current scope; it leaves with <c>SaveChangesAsync</c>.</summary>
    Task SendAsync<T>(string queue, T message, CancellationToken cancellationToken) where T : class;
}

/// <summary>Messages to oneself at a later time, rows in the service's own database.</summary>
public interface ITimers
{
    /// <summary>Sets the timer of this name, or moves it when it is set. Takes effect in the transaction that is open, else with <c>SaveChangesAsync</c>.</summary>
    Task SetAsync<T>(Guid owner, string name, DateTimeOffset dueAt, string queue, T message, CancellationToken cancellationToken) where T : class;

    /// <summary>Drops the timer of this name; nothing happens when it is not set.</summary>
    Task DropAsync(Guid owner, string name, CancellationToken cancellationToken);
}
