namespace Mpp.Agency;

/// <summary>
/// Answers to steps that were accepted and are finished later: by an officer, a batch, or a system behind the agency.
/// </summary>
public interface IAgencySteps
{
    /// <summary>
    /// Stores the answer and sends it, with <c>SaveChangesAsync</c> of the agency's DbContext in the same scope. The
    /// same final answer given again changes nothing.
    /// </summary>
    /// <param name="step">The identity of the work, as the service was given it.</param>
    /// <param name="answer">Any answer; after a final one (completed, refused) no other, unless the
    /// mall has rejected it (<see cref="StepRow.Rejected"/>).</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <exception cref="StepNotInHandException">The agency never took the step in hand, or has given another final
    /// answer, or the step was withdrawn.</exception>
    Task AnswerAsync(StepRef step, StepAnswer answer, CancellationToken cancellationToken);
}

/// <summary>A step cannot be answered: nobody asked for it, or it is over.</summary>
public sealed class StepNotInHandException : InvalidOperationException
{
    internal StepNotInHandException(StepRef step, StepState? state)
        : base(state is null
            ? $"Nobody has asked for step {step.StepId}, attempt {step.Attempt}, of application {step.ApplicationId}."
            : $"Step {step.StepId}, attempt {step.Attempt}, of application {step.ApplicationId} is "
                + $"{state}: no other answer can be given.")
    {
        Step = step;
        State = state;
    }

    /// <summary>The step.</summary>
    public StepRef Step { get; }

    /// <summary>Its state; <see langword="null"/> when the agency does not know it.</summary>
    public StepState? State { get; }
}
