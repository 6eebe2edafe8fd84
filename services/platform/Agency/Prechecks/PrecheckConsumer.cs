using Mpp.Agency.Inputs;
using Mpp.Agency.Steps;

namespace Mpp.Agency.Prechecks;

/// <summary>Answers a question about a service. PostgreSQL itself sees to it that nothing is stored.</summary>
internal sealed class PrecheckConsumer<TDbContext>(
    TDbContext database, AgencyServices services, IServiceProvider scope, IQuestions questions, TimeProvider time,
    ILogger<PrecheckConsumer<TDbContext>> logger)
    : IConsumer<CheckPreconditions>
    where TDbContext : DbContext
{
    public async Task Consume(ConsumeContext<CheckPreconditions> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        using var activity = AgencyTelemetry.StartCheck(services.Agency, message.Service);
        AgencyTelemetry.LogQuestion(logger, message.Client, message.Service);
        var service = services.Create(message.Service, scope);
        var today = time.Today(message.Region);
        var (inputs, faults) = InputReader.ReadGiven(message.Inputs, service.InputType, today);
        var request = new PrecheckRequest(message.Region, today, inputs, faults);

        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync($"set transaction read only", cancellationToken);
        var found = await service.CheckAsync(request, cancellationToken);
        var outputs = await service.ForeseeAsync(request, cancellationToken);
        var answer = new PreconditionsChecked
        {
            Preconditions = [.. faults.Select(f => Judgement.Missing(f.ToReason())), .. found],
            Outputs = outputs is null ? null : StoredAnswer.Object(outputs),
        };
        await questions.AnswerAsync(context, answer, cancellationToken);
    }
}
