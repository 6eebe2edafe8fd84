using System.Reflection;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Messaging.Broker;
using Shouldly;

namespace Mpp.Unit.Messaging;

public sealed class BrokerDeploymentTests
{
    [Fact]
    public async Task What_is_declared_is_done_though_the_connection_never_closes()
    {
        var bus = DispatchProxy.Create<IBusControl, BusThatNeverStops>();
        await using var services = new ServiceCollection().AddSingleton(bus)
            .AddSingleton(BrokerAddress.Parse("amqp://mpp:secret@127.0.0.1:5672/mpp")).BuildServiceProvider();
        var deployment = new BrokerDeployment(services) { StopLimit = TimeSpan.FromMilliseconds(50) };

        await deployment.DeployAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

        ((BusThatNeverStops)(object)bus).Calls
            .ShouldBe([nameof(IBusControl.StartAsync), nameof(IBusControl.StopAsync)]);
    }

#pragma warning disable CA1852, MA0053 // DispatchProxy derives from it.
    internal class BusThatNeverStops : DispatchProxy
#pragma warning restore CA1852, MA0053
    {
        public List<string> Calls { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Calls.Add(targetMethod!.Name);
            return targetMethod.Name switch
            {
                nameof(IBusControl.StartAsync) => Task.FromResult<BusHandle>(null!),
                nameof(IBusControl.StopAsync) => new TaskCompletionSource().Task,
                _ => throw new NotSupportedException(targetMethod.Name),
            };
        }
    }
}
