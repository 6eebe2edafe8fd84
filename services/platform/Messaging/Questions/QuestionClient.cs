namespace Mpp.Messaging.Questions;

internal sealed class QuestionClient(IBus bus) : IQuestions
{
    public async Task<TAnswer?> AskAsync<TQuestion, TAnswer>(
        string queue, TQuestion question, TimeSpan limit, CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ends.CancelAfter(limit);
        try
        {
            var client = bus.CreateRequestClient<TQuestion>(
                new Uri($"exchange:{queue}"), RequestTimeout.After(ms: (int)limit.TotalMilliseconds));
            // The request's own limit begins when the broker has taken it, which may be never.
            return (await client.GetResponse<TAnswer>(question, ends.Token).WaitAsync(ends.Token)).Message;
        }
        catch (Exception fault) when (fault is RequestException or ConnectionException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
