using System.Collections.Frozen;
using Mpp.Applications.Coordination;
using Mpp.Applications.Flow;
using Mpp.Applications.Packages;

namespace Mpp.Applications.Prechecks;

/// <summary>What all questions of a precheck have in common.</summary>
/// <param name="Steps">The steps that may apply.</param>
/// <param name="Persons">Whom it is about.</param>
internal sealed record PrecheckQuestion(
    IReadOnlyList<StepDefinition> Steps, Persons Persons, RegionCode Region, Dossier Dossier, string Client);

/// <summary>
/// Asks the agencies of a package what would be missing for their services. First come those that confirm whom it is
/// about; no other agency is asked about a person who is not confirmed. Then all others are asked at once, except an
/// agency that reads another's result. It is asked when the other one has said what it would give back, or has taken
/// too long. Nothing is foreseen further than that.
/// </summary>
internal sealed partial class AgencyQuestions(
    IQuestions questions, PackageDefinitions packages, FlowMeters meters, TimeProvider time,
    ILogger<AgencyQuestions> logger)
{
    /// <summary>People wait for the answer to all of them.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(1_200);

    /// <summary>How long others wait for an agency that may be silent, before they are asked.</summary>
    private static readonly TimeSpan SourceLimit = TimeSpan.FromMilliseconds(600);

    /// <summary>
    /// What each agency says about its step; <see langword="null"/> if it does not answer in time. A step that is not
    /// there was not asked about.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, PreconditionsChecked?>> AskAsync(
        PrecheckQuestion question, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var confirming = question.Persons.Confirming;
        var first = await AnswersAsync(
            confirming.ToDictionary(step => step.Id, step => Ask(step, question.Dossier, SourceLimit)));
        if (!question.Persons.Confirmed(first))
        {
            return first;
        }

        var asked = new Dictionary<string, Task<PreconditionsChecked?>>(StringComparer.Ordinal);
        var others = question.Steps.Except(confirming).ToList();
        var readers = others.ToLookup(step => StepInputs.Sources(step).Any(source => others.Any(s => s.Id == source)));
        foreach (var step in readers[false])
        {
            asked[step.Id] = Ask(step, question.Dossier, Left(Limit));
        }

        var sources = asked.ToFrozenDictionary(StringComparer.Ordinal);
        foreach (var step in readers[true])
        {
            asked[step.Id] = AskReaderAsync(step);
        }

        return first.Concat(await AnswersAsync(asked))
            .ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);

        async Task<PreconditionsChecked?> AskReaderAsync(StepDefinition step)
        {
            var known = question.Dossier;
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

            return await Ask(step, known, Left(Limit));
        }

        TimeSpan Left(TimeSpan limit) =>
            limit - time.GetElapsedTime(start) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

        Task<PreconditionsChecked?> Ask(StepDefinition step, Dossier dossier, TimeSpan limit) =>
            AskOneAsync(step, question, dossier, limit, cancellationToken);
    }

    private static async Task<Dictionary<string, PreconditionsChecked?>> AnswersAsync(
        Dictionary<string, Task<PreconditionsChecked?>> asked)
    {
        var answers = await Task.WhenAll(asked.Values);
        return asked.Keys.Zip(answers).ToDictionary(a => a.First, a => a.Second, StringComparer.Ordinal);
    }

    private async Task<PreconditionsChecked?> AskOneAsync(
        StepDefinition step, PrecheckQuestion asked, Dossier dossier, TimeSpan limit,
        CancellationToken cancellationToken)
    {
        var agency = Queues.OfAgency(step.Service);
        var question = new CheckPreconditions
        {
            Service = step.Service,
            Region = asked.Region,
            Client = asked.Client,
            Inputs = StepInputs.Map(step, dossier),
        };
        var answer = await questions.AskAsync<CheckPreconditions, PreconditionsChecked>(
            $"{agency}-prechecks", agency, question, limit, cancellationToken);
        if (answer is null)
        {
            NoAnswer(logger, agency, step.Service);
            return null;
        }

        var standard = await packages.StandardAsync(step.Service, cancellationToken);
        if (ReplyCheck.Faults(standard, answer, time.Today(asked.Region)) is { Count: > 0 } faults)
        {
            meters.ReplyRejected(step.Service, "preconditions-checked");
            Rejected(logger, agency, step.Service, string.Join(", ", faults.Select(f => $"{f.Pointer} {f.Code}")));
            return null;
        }

        return answer;
    }

    [LoggerMessage(1, LogLevel.Warning, "The agency {Agency} did not answer a precheck of {Service} in time.")]
    private static partial void NoAnswer(ILogger logger, string agency, string service);

    [LoggerMessage(2, LogLevel.Warning, "The answer of the agency {Agency} to a precheck of {Service} does not fit its "
        + "published standard and is not used: {Faults}.")]
    private static partial void Rejected(ILogger logger, string agency, string service, string faults);
}
