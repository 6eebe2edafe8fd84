using MassTransit;

namespace Mpp.Integration.Messaging;

/// <summary>
/// Stand-ins send under the names of those they stand for: the broker lets its administrator do that, and nobody else.
/// </summary>
internal static class SentAs
{
    /// <summary>All that the bus sends.</summary>
    public static void SendAs(this IBusFactoryConfigurator bus, string user) =>
        bus.ConfigureSend(pipe => pipe.UseExecute(context => context.As(user)));

    /// <summary>One message.</summary>
    public static void As(this SendContext context, string user) =>
        context.GetPayload<RabbitMqSendContext>().BasicProperties.UserId = user;
}
