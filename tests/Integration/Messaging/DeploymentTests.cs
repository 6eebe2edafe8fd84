using Microsoft.Extensions.DependencyInjection;
using Mpp.Hosting.Start;
using Mpp.Messaging.Broker;
using Shouldly;

namespace Mpp.Integration.Messaging;

/// <summary>The command <c>broker</c> with what people do wrong.</summary>
[Collection(MessagingCollection.Name)]
public sealed class DeploymentTests(MessagingServers servers)
{
    private readonly string _queue = "d" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task A_wrong_password_is_told_in_one_line()
    {
        var wrong = new UriBuilder(servers.RabbitMq) { Password = "wrong" }.Uri;
        await using var service = Build(wrong);

        var fault = await Should.ThrowAsync<StartException>(DeployAsync(service));

        fault.Message.ShouldContain("the login was refused");
        fault.Message.ShouldNotContain("wrong");
    }

    [Fact]
    public async Task A_virtual_host_that_there_is_not_is_waited_for_and_then_told()
    {
        var nowhere = new UriBuilder(servers.RabbitMq) { Path = "/nowhere" }.Uri;
        await using var service = Build(nowhere);
        service.Services.GetRequiredService<BrokerDeployment>().Limit = TimeSpan.FromSeconds(3);

        var fault = await Should.ThrowAsync<StartException>(DeployAsync(service));

        fault.Message.ShouldContain("there is no such virtual host");
    }

    private TestService Build(Uri broker) => TestService.Build(
        "Host=127.0.0.1;Database=none;Username=none", broker,
        messaging => messaging.Queue(_queue, q => q.Consumer<WorkConsumer>()));

    private static Task DeployAsync(TestService service) =>
        service.Services.GetRequiredService<IBrokerDeployment>().DeployAsync(CancellationToken.None);
}
