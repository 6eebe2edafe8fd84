using System.Collections.Concurrent;
using MassTransit;
using Mpp.Contracts.Steps;
using Mpp.Integration.Messaging;
using Mpp.Support;

namespace Mpp.Integration.Agency;

/// <summary>
/// Stands where the coordinator stands: asks agencies for steps and keeps what they answer, in order of arrival.
/// </summary>
internal sealed class CoordinatorStub : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<StepRef, ConcurrentQueue<object>> _replies = new();
    private readonly IBusControl _bus;

    private CoordinatorStub(Uri rabbitMq) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(rabbitMq);
        rabbit.SendAs("applications");
        rabbit.OverrideDefaultBusEndpointQueueName($"applications-answers-{Guid.NewGuid():N}");
        rabbit.ReceiveEndpoint("applications", endpoint =>
        {
            Keep<StepAccepted>(endpoint, m => m.Step);
            Keep<StepCompleted>(endpoint, m => m.Step);
            Keep<StepRefused>(endpoint, m => m.Step);
            Keep<CorrectionRequested>(endpoint, m => m.Step);
            Keep<FeeRequested>(endpoint, m => m.Step);
            Keep<StepCancelled>(endpoint, m => m.Step);
            Keep<StepCancellationRefused>(endpoint, m => m.Step);
        });
    });

    public static async Task<CoordinatorStub> StartAsync(Uri rabbitMq)
    {
        var stub = new CoordinatorStub(rabbitMq);
        await stub._bus.StartAsync(new CancellationTokenSource(Limit).Token);
        return stub;
    }

    /// <summary>Sends to an agency's queue, as the coordinator's relay does.</summary>
    public async Task SendAsync<T>(string agency, T message, Guid? messageId = null) where T : class
    {
        var endpoint = await _bus.GetSendEndpoint(new Uri($"exchange:{agency}"));
        await endpoint.Send(message, context => context.MessageId = messageId ?? Guid.CreateVersion7());
    }

    /// <summary>Asks an agency a question and waits for the answer, two seconds at most.</summary>
    public async Task<PreconditionsChecked> QuestionAsync(CheckPreconditions question)
    {
        var agency = question.Service[..question.Service.IndexOf('/', StringComparison.Ordinal)];
        var (request, answered) = (Guid.NewGuid(), new TaskCompletionSource<PreconditionsChecked>());
        using var listening = _bus.ConnectRequestPipe(request, Pipe.Execute<ConsumeContext<PreconditionsChecked>>(
            context => answered.TrySetResult(context.Message)));
        var endpoint = await _bus.GetSendEndpoint(new Uri($"exchange:{agency}-prechecks"));
        await endpoint.Send(question, context =>
        {
            context.RequestId = request;
            context.TimeToLive = TimeSpan.FromSeconds(2);
            context.GetPayload<RabbitMqSendContext>().BasicProperties.ReplyTo =
                _bus.Address.AbsolutePath.Split('/')[^1];
        });
        return await answered.Task.WaitAsync(TimeSpan.FromSeconds(2));
    }

    /// <summary>Asks for a step and waits for the first answer.</summary>
    public async Task<object> AskAsync(StepRequest step)
    {
        await SendAsync(step.Service[..step.Service.IndexOf('/', StringComparison.Ordinal)], step);
        return (await RepliesAsync(step.Step, 1))[0];
    }

    /// <summary>Waits for so many answers to a step.</summary>
    public async Task<IReadOnlyList<object>> RepliesAsync(StepRef step, int count)
    {
        await Wait.UntilAsync(() => Replies(step).Count >= count, Limit,
            () => $"{Replies(step).Count} of {count} answers to {step.StepId}.");
        return Replies(step);
    }

    public IReadOnlyList<object> Replies(StepRef step) =>
        _replies.TryGetValue(step, out var replies) ? [.. replies] : [];

    public ValueTask DisposeAsync() => new(_bus.StopAsync());

    private void Keep<T>(IReceiveEndpointConfigurator endpoint, Func<T, StepRef> step) where T : class =>
        endpoint.Handler<T>(context =>
        {
            _replies.GetOrAdd(step(context.Message), _ => new()).Enqueue(context.Message);
            return Task.CompletedTask;
        });
}
