namespace Mpp.Messaging;

/// <summary>
/// Asks another service and waits for its answer, for a moment only. A question is no message of the flow: it goes past
/// the outbox, because nothing is stored that it could get lost from, and an answer that comes late is nobody's loss.
/// </summary>
public interface IQuestions
{
    /// <summary>
    /// Asks at a queue that was made with <see cref="MessagingConfigurator.Questions{TConsumer}"/>.
    /// </summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="answerer">The broker's user whose answer counts.</param>
    /// <param name="question">Changes nothing where it is answered.</param>
    /// <param name="limit">How long the answer is waited for, from now.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns><see langword="null"/> when there is no answer in time, whatever the reason.</returns>
    Task<TAnswer?> AskAsync<TQuestion, TAnswer>(
        string queue, string answerer, TQuestion question, TimeSpan limit, CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class;

    /// <summary>Answers a question to whoever asked.</summary>
    Task AnswerAsync<TAnswer>(ConsumeContext question, TAnswer answer, CancellationToken cancellationToken)
        where TAnswer : class;
}
