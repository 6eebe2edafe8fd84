using System.Collections.Frozen;
using Mpp.Applications.Flow;

namespace Mpp.Applications.Prechecks;

/// <summary>
/// Asks the agencies of a package what would stand against their services. All are asked at once, but one whose fields
/// come from another's result: it is asked when that one has said what it would give back, or has taken too long.
/// Nobody foresees further than that.
/// </summary>
internal sealed partial class AgencyQuestions(IQuestions questions, TimeProvider time, ILogger<AgencyQuestions> logger)
{
    /// <summary>People wait for the answer to all of them.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(1_200);

    /// <summary>How long an agency that may be silent keeps others from being asked.</summary>
    private static readonly TimeSpan SourceLimit = TimeSpan.FromMilliseconds(600);

    /// <summary>
    /// What each agency says about its step; <see langword="null"/> of one that does not answer in time.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, PreconditionsChecked?>> AskAsync(
        IReadOnlyList<StepDefinition> steps, RegionCode region, Dossier dossier, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var asked = new Dictionary<string, Task<PreconditionsChecked?>>(StringComparer.Ordinal);
        var readers = steps.ToLookup(step => StepInputs.Sources(step).Any(source => steps.Any(s => s.Id == source)));
        foreach (var step in readers[false])
        {
            asked[step.Id] = AskOneAsync(step, region, dossier, Limit, cancellationToken);
        }

        var sources = asked.ToFrozenDictionary(StringComparer.Ordinal);
        foreach (var step in readers[true])
        {
            asked[step.Id] = AskReaderAsync(step);
        }

        var answers = await Task.WhenAll(asked.Values);
        return asked.Keys.Zip(answers).ToDictionary(a => a.First, a => a.Second, StringComparer.Ordinal);

        async Task<PreconditionsChecked?> AskReaderAsync(StepDefinition step)
        {
            var known = dossier;
            foreach (var source in StepInputs.Sources(step).Distinct(StringComparer.Ordinal))
            {
                if (sources.TryGetValue(source, out var answering)
                    && await Task.WhenAny(answering, Task.Delay(
                        Left(SourceLimit), time, cancellationToken)) == answering
                    && (await answering)?.Outputs is { } outputs)
                {
                    known = known.Foreseeing(source, outputs);
                }
            }

            return await AskOneAsync(step, region, known, Left(Limit), cancellationToken);
        }

        TimeSpan Left(TimeSpan limit) =>
            limit - time.GetElapsedTime(start) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
    }

    private async Task<PreconditionsChecked?> AskOneAsync(
        StepDefinition step, RegionCode region, Dossier dossier, TimeSpan limit, CancellationToken cancellationToken)
    {
        var agency = Queues.OfAgency(step.Service);
        var question =
            new CheckPreconditions { Service = step.Service, Region = region, Inputs = StepInputs.Map(step, dossier) };
        var answer = await questions.AskAsync<CheckPreconditions, PreconditionsChecked>(
            $"{agency}-prechecks", agency, question, limit, cancellationToken);
        if (answer is null)
        {
            NoAnswer(logger, agency, step.Service);
        }

        return answer;
    }

    [LoggerMessage(1, LogLevel.Warning, "The agency {Agency} did not answer a precheck of {Service} in time.")]
    private static partial void NoAnswer(ILogger logger, string agency, string service);
}
