namespace Mpp.Messaging;

/// <summary>
/// Asks another service and waits for its answer, for a moment only. A question is not part of an application's flow,
/// so it does not go through the outbox: nothing that is stored depends on it, and a late answer does no harm.
/// </summary>
public interface IQuestions
{
    /// <summary>
    /// Asks at a queue that was made with <see cref="MessagingConfigurator.Questions{TConsumer}"/>.
    /// </summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="answerer">The broker's user whose answer counts.</param>
    /// <param name="question">The question; it changes nothing at the service that answers.</param>
    /// <param name="limit">How long the answer is waited for, from now.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns><see langword="null"/> when there is no answer in time, whatever the reason.</returns>
    Task<TAnswer?> AskAsync<TQuestion, TAnswer>(
        string queue, string answerer, TQuestion question, TimeSpan limit, CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class;

    /// <summary>Answers a question to whoever asked.</summary>
    Task AnswerAsync<TAnswer>(ConsumeContext question, TAnswer answer, CancellationToken cancellationToken)
        where TAnswer : class;
}
