using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Packages;
using Mpp.Contracts.Steps;
using Mpp.Messaging;

namespace Mpp.Applications.Prechecks;

/// <summary>Asks an agency what would stand against one of its services.</summary>
internal sealed partial class AgencyQuestions(IQuestions questions, ILogger<AgencyQuestions> logger)
{
    /// <summary>People wait for the answer to all of them; asked at once, they take no longer than one.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(1_200);

    /// <summary>What the agency says; <see langword="null"/> when it does not answer in time.</summary>
    public async Task<IReadOnlyList<Precondition>?> AskAsync(StepDefinition step, RegionCode region, Dossier dossier, CancellationToken cancellationToken)
    {
        var agency = Agencies.Of(step.Service);
        var question = new CheckPreconditions { Service = step.Service, Region = region, Inputs = StepInputs.Map(step, dossier) };
        if (await questions.AskAsync<CheckPreconditions, PreconditionsChecked>($"{agency}-prechecks", question, Limit, cancellationToken) is { } answer)
        {
            return answer.Preconditions;
        }

        NoAnswer(logger, agency, step.Service);
        return null;
    }

    [LoggerMessage(1, LogLevel.Warning, "The agency {Agency} did not answer a precheck of {Service} in time.")]
    private static partial void NoAnswer(ILogger logger, string agency, string service);
}
