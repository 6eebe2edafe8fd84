using Microsoft.Extensions.DependencyInjection;
using Mpp.Hosting.Start;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mpp.Messaging.Broker;

/// <summary>
/// Declares the service's queues, exchanges and bindings before it runs: what others send waits for it from then on.
/// </summary>
internal sealed class BrokerDeployment(IServiceProvider services) : IBrokerDeployment
{
    /// <summary>Whether this process deploys, and nothing else.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>How long the broker may take, its own start included.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the connection may take to close.</summary>
    public TimeSpan StopLimit { get; set; } = TimeSpan.FromSeconds(5);

    public async Task DeployAsync(CancellationToken cancellationToken)
    {
        IsAsked = true;
        var address = services.GetRequiredService<BrokerAddress>();
        try
        {
            // MassTransit tries again what the broker refuses, and does not heed every cancellation.
            var bus = services.GetRequiredService<IBusControl>();
            await bus.StartAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
            await StopAsync(bus);
        }
        catch (TimeoutException fault)
        {
            throw new StartException(
                $"RabbitMQ at {address.Host}:{address.Port} has not declared the queues within {Limit.TotalSeconds} s, "
                + $"as the user {address.User}. The lines above say why: it cannot be reached, there is no such "
                + "virtual host, or the user has no administrator's right.", fault);
        }
        catch (Exception fault) when (Refusal(fault) is { } refusal)
        {
            throw new StartException(
                $"RabbitMQ at {address.Host}:{address.Port} does not let the user {address.User} declare the queues: "
                + $"{refusal} Give ConnectionStrings:RabbitMq an administrator's name and password.", fault);
        }
    }

    /// <summary>
    /// Everything is declared, and the process ends: so a connection that does not close holds nothing up.
    /// MassTransit's own <c>DeployAsync</c> waits for it without end.
    /// </summary>
    private async Task StopAsync(IBusControl bus)
    {
        try
        {
            await bus.StopAsync(CancellationToken.None).WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
        }
    }

    /// <summary>
    /// What the broker says when it refuses a login or an act; <see langword="null"/> for every other fault.
    /// </summary>
    private static string? Refusal(Exception? fault) => fault switch
    {
        null => null,
        AuthenticationFailureException => "the login was refused.",
        OperationInterruptedException { ShutdownReason: { } reason }
            when reason.ReplyCode is Constants.AccessRefused or Constants.NotAllowed =>
            $"{reason.ReplyText.TrimEnd('.')}.",
        _ => Refusal(fault.InnerException),
    };
}
