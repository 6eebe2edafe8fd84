using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using Mpp.Contracts.Steps;
using Mpp.Support;

namespace Mpp.Integration.Applications;

/// <summary>The agencies' queues: they keep what they are asked, and answer when the test says so.</summary>
internal sealed class StubAgencies : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly IBusControl _bus;

    private StubAgencies(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        var user = broker.UserInfo.Split(':');
        rabbit.Host(broker.Host, (ushort)broker.Port, Uri.UnescapeDataString(broker.AbsolutePath.Trim('/')), host =>
        {
            host.Username(Uri.UnescapeDataString(user[0]));
            host.Password(Uri.UnescapeDataString(user[1]));
        });
        foreach (var agency in (string[])["civil-registry", "police", "bpjs", "licensing"])
        {
            rabbit.ReceiveEndpoint(agency, endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.Handler<PerformStep>(context =>
                {
                    Asked.Enqueue(context.Message);
                    return Task.CompletedTask;
                });
            });
        }

        rabbit.ReceiveEndpoint("watcher", endpoint => endpoint.Handler<ApplicationChanged>(context =>
        {
            Changes.Enqueue(context.Message);
            return Task.CompletedTask;
        }));
    });

    public ConcurrentQueue<PerformStep> Asked { get; } = new();

    public ConcurrentQueue<ApplicationChanged> Changes { get; } = new();

    public static async Task<StubAgencies> StartAsync(Uri broker)
    {
        var agencies = new StubAgencies(broker);
        await agencies._bus.StartAsync();
        return agencies;
    }

    /// <summary>Waits for the coordinator's request.</summary>
    public async Task<PerformStep> AskedAsync(string number, string step)
    {
        await Wait.UntilAsync(() => Find(number, step) is not null, Limit, () => $"step {step} was not asked for; asked were {string.Join(", ", Asked.Where(a => a.ApplicationNumber.Value == number).Select(a => a.Step.StepId))}.");
        return Find(number, step)!;
    }

    public async Task CompleteAsync(string number, string step, object? outputs = null, Guid? messageId = null)
    {
        var asked = await AskedAsync(number, step);
        await ReplyAsync(new StepCompleted
        {
            Step = asked.Step,
            Outputs = JsonSerializer.SerializeToElement(outputs ?? new { }),
            Documents = [new IssuedDocument("paper", $"{step}-1", new DateOnly(2026, 11, 22), null)],
        }, messageId);
    }

    public async Task RejectAsync(string number, string step)
    {
        var asked = await AskedAsync(number, step);
        await ReplyAsync(new StepRejected { Step = asked.Step, Reasons = [new StepReason("no-open-record", new("Ada catatan.", "There is a record."))] });
    }

    public async Task ReplyAsync<T>(T reply, Guid? messageId = null) where T : class
    {
        var endpoint = await _bus.GetSendEndpoint(new Uri("exchange:applications"));
        await endpoint.Send(reply, context => context.MessageId = messageId ?? context.MessageId);
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync();

    private PerformStep? Find(string number, string step) =>
        Asked.FirstOrDefault(a => a.ApplicationNumber.Value == number && a.Step.StepId == step);
}
