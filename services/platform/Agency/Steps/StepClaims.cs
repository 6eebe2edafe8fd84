using Mpp.Contracts.Payments;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Agency.Inputs;
using Npgsql;

namespace Mpp.Agency.Steps;

/// <summary>Claims the steps of a batch of messages together.</summary>
internal sealed class StepClaims(AgencyServices services, TimeProvider time) : BatchPreparation<StepRef, KnownStep?>
{
    public override bool TryKey(object message, out StepRef key)
    {
        var step = message switch
        {
            StepRequest m => m.Step,
            FeePaid m => m.Step,
            StepDeemedGranted m => m.Step,
            StepDeadlineExtended m => m.Step,
            CancelStep m => m.Step,
            EraseStep m => m.Step,
            ReplyRejected m => m.Step,
            _ => (StepRef?)null,
        };
        key = step.GetValueOrDefault();
        return key.StepId is not null;
    }

    public override IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<StepRef> keys) =>
        StepStore.ClaimStatements(keys);

    public override async Task<IReadOnlyDictionary<StepRef, KnownStep?>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await StepStore.ReadAsync(reader, cancellationToken);

    public override async Task ReadMoreAsync(
        IServiceProvider reader, IReadOnlyList<(object Message, IServiceProvider Scope)> deliveries,
        CancellationToken cancellationToken)
    {
        var asked = deliveries.Where(d => d.Message is StepRequest)
            .ToLookup(d => ((StepRequest)d.Message).Service, StringComparer.Ordinal);
        foreach (var together in asked.Where(group => group.Count() > 1))
        {
            if (services.Lookup(together.Key, reader) is { } service)
            {
                await LookUpAsync(service, together, cancellationToken);
            }
        }
    }

    private async Task LookUpAsync(
        ILookupService service, IEnumerable<(object Message, IServiceProvider Scope)> deliveries,
        CancellationToken cancellationToken)
    {
        var lookups = new List<(StepRef Step, object Input, IServiceProvider Scope)>();
        var requests = new List<object>();
        foreach (var (message, scope) in deliveries)
        {
            var work = StepWork.Of((StepRequest)message);
            var today = time.Today(work.Region);
            // What is wrong with an input, its consumer says.
            if (InputReader.Read(work.Inputs, service.InputType, today).Input is { } input)
            {
                lookups.Add((work.Step, input, scope));
                requests.Add(service.RequestOf(work, today, input));
            }
        }

        if (requests.Count == 0)
        {
            return;
        }

        var found = await service.LookUpAsync(requests, cancellationToken);
        foreach (var ((step, input, scope), what) in lookups.Zip(found))
        {
            scope.GetRequiredService<StepLookup>().Of = (step, input, what);
        }
    }
}
