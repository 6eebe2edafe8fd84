using Mpp.Messaging.Broker;

namespace Mpp.Messaging.Questions;

internal sealed class QuestionClient(
    IBus bus, ExchangeSender exchanges, Sender sender, IOptions<MessagingOptions> options, TimeProvider time)
    : IQuestions
{
    private const string ReplyTo = "RMQ-ReplyTo";

    /// <summary>The broker counts in whole milliseconds: less is no time at all.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public async Task<TAnswer?> AskAsync<TQuestion, TAnswer>(
        string queue, string answerer, TQuestion question, TimeSpan limit, CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class
    {
        if (limit < Shortest)
        {
            return null;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ends.CancelAfter(limit);
        var request = NewId.NextGuid();
        var answered = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = bus.ConnectRequestPipe(request, Pipe.Execute<ConsumeContext<TAnswer>>(context =>
        {
            if (sender.Of(context) == answerer)
            {
                answered.TrySetResult(context.Message);
            }
        }));
        try
        {
            // Not MassTransit's response address: it would send its faults there, and declare the exchange for them.
            var properties = new Dictionary<string, object> { [ReplyTo] = ExchangeOf(bus.Address) };
            await SendAsync(queue, question, properties, context =>
            {
                context.RequestId = request;
                context.TimeToLive = limit;
            }).WaitAsync(ends.Token);
            return await answered.Task.WaitAsync(ends.Token);
        }
        catch (Exception fault)
            when ((fault is MessageRefusedException || BrokerFaults.IsOutage(fault))
                && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public Task AnswerAsync<TAnswer>(ConsumeContext question, TAnswer answer, CancellationToken cancellationToken)
        where TAnswer : class =>
        question.GetPayload<RabbitMqBasicConsumeContext>().Properties.ReplyTo is { Length: > 0 } exchange
            ? exchanges.SendAsync(
                exchange, answer, [], context => context.RequestId = question.RequestId, cancellationToken)
            : Task.CompletedTask;

    /// <summary>
    /// The broker gets as much time as for every message: it is not the broker's fault when the asker stops waiting.
    /// </summary>
    private async Task SendAsync<TQuestion>(
        string queue, TQuestion question, Dictionary<string, object> properties,
        Action<SendContext<TQuestion>> complete)
        where TQuestion : class
    {
        using var limit = new CancellationTokenSource(options.Value.PublishTimeout, time);
        await exchanges.SendAsync(queue, question, properties, complete, limit.Token);
    }

    private static string ExchangeOf(Uri address) => new RabbitMqEndpointAddress(address, address).Name;
}
