using Mpp.Agency.Inputs;

namespace Mpp.Agency.Steps;

/// <summary>Has a service do a step, and holds it to what the law and a paid fee bind it to.</summary>
internal sealed class StepWorker(
    AgencyServices services, IServiceProvider scope, StepLookup lookup, TimeProvider time)
{
    public async Task<StepAnswer> AnswerAsync(StepWork work, CancellationToken cancellationToken)
    {
        var service = services.Create(work.Service, scope);
        var today = time.Today(work.Region);
        return await PerformAsync(service, work, today, cancellationToken) switch
        {
            not StepAnswer.Completed and var answer when work.BoundByLaw is { } due => throw new BoundAgencyException(
                $"the limit of {due:O} passed without an answer, which is a grant (UU 30/2014 art. 53)", work, answer),
            not (StepAnswer.Completed or StepAnswer.Accepted) and var answer when work.Paid is not null =>
                throw new BoundAgencyException(
                    "its file was accepted when the fee was asked for, and the fee is paid", work, answer),
            var answer => answer,
        };
    }

    private async Task<StepAnswer> PerformAsync(
        IAgencyService service, StepWork work, DateOnly today, CancellationToken cancellationToken)
    {
        if (service is ILookupService asked && lookup.Of is { } known && known.Step == work.Step)
        {
            return await asked.PerformAsync(
                asked.RequestOf(work, today, known.Input), known.Found, cancellationToken);
        }

        var (input, faults) = InputReader.Read(work.Inputs, service.InputType, today);
        return input is null
            ? new StepAnswer.Refused([.. faults.Select(f => f.ToReason())])
            : await service.PerformAsync(service.RequestOf(work, today, input), cancellationToken);
    }
}

/// <summary>
/// A service refuses what it is bound to issue. Nothing of the attempt is kept; the message goes to the error queue,
/// where an operator sees it, has the agency mend its rule or its register, and drives it again.
/// </summary>
internal sealed class BoundAgencyException(string rule, StepWork work, StepAnswer answer) : InvalidOperationException(
    $"{work.Service} must issue step {work.Step.StepId}, attempt {work.Step.Attempt}, of "
        + $"application {work.Step.ApplicationId}: {rule}. It answered {Describe(answer)}.")
{
    private static string Describe(StepAnswer answer) => answer switch
    {
        StepAnswer.Refused a => $"with a refusal: {Codes(a.Reasons)}",
        StepAnswer.CorrectionRequested a => $"with a request for corrections: {Codes(a.Items)}",
        StepAnswer.FeeRequested => "with a fee",
        _ => "that it is in hand",
    };

    private static string Codes(IReadOnlyList<StepReason> reasons) =>
        string.Join(", ", reasons.Select(r => r.Requirement).Distinct(StringComparer.Ordinal));
}
