using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Agency;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Hosting;

namespace Mpp.Integration.Agency;

/// <summary>An agency for the tests of the kit: it writes letters.</summary>
internal static class LetterAgency
{
    public static async Task<ServiceInProcess> StartAsync(string database, Uri rabbitMq)
    {
        var options = new DbContextOptionsBuilder<LetterDb>().UseNpgsql(database).Options;
        await using (var db = new LetterDb(options))
        {
            await db.Database.EnsureCreatedAsync();
        }

        return await ServiceInProcess.StartAsync(
            args =>
            {
                var builder = MppHost.CreateBuilder(args, "letters");
                builder.Services.AddSingleton<Behaviour>();
                builder.AddAgency<LetterDb>("letters", agency => agency.Service<WriteLetter>().Service<WriteLater>());
                var app = builder.Build();
                app.UseMpp();
                return app.RunMppAsync();
            },
            new Dictionary<string, string>
            {
                ["ConnectionStrings:Database"] = database,
                ["ConnectionStrings:RabbitMq"] = rabbitMq.ToString(),
                ["Auth:Authority"] = "http://127.0.0.1:1",
            });
    }
}

internal sealed class LetterDb(DbContextOptions<LetterDb> options) : DbContext(options)
{
    public DbSet<Letter> Letters => Set<Letter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .HasDocumentNumbers("letter_numbers")
        .UseSnakeCaseNames()
        .AddAgency();
}

internal sealed class Letter
{
    public long Id { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string Number { get; init; }
}

/// <summary>What the services do besides their work, for the tests.</summary>
internal sealed class Behaviour
{
    public ConcurrentDictionary<Guid, int> Performed { get; } = new();

    public ConcurrentDictionary<Guid, int> FailuresLeft { get; } = new();

    public ConcurrentDictionary<Guid, JsonOutputs?> Cancelled { get; } = new();

    public void Perform(Guid application)
    {
        Performed.AddOrUpdate(application, 1, (_, n) => n + 1);
        if (FailuresLeft.TryGetValue(application, out var left) && left > 0)
        {
            FailuresLeft[application] = left - 1;
            throw new InvalidOperationException("The printer is out of paper.");
        }
    }
}

internal sealed record JsonOutputs(string? Json);

internal sealed record LetterInput(Nik Nik, [property: Range(1, 3)] int Copies = 1);

internal sealed class WriteLetter(LetterDb db, DocumentNumbers numbers, Behaviour behaviour) : AgencyService<LetterInput>
{
    public override string Code => "letters/write";

    public override async Task<StepAnswer> PerformAsync(StepRequest<LetterInput> request, CancellationToken cancellationToken)
    {
        var number = await numbers.NextAsync(db, "letter_numbers", cancellationToken);
        db.Add(new Letter { ApplicationId = request.Step.ApplicationId, Number = $"L-{number}" });
        behaviour.Perform(request.Step.ApplicationId);
        return new StepAnswer.Completed(
            new { Number = $"L-{number}", request.Today, Nothing = (string?)null },
            new IssuedDocument("letter", $"L-{number}", request.Today, ValidUntil: null));
    }

    public override async Task<CancelAnswer> CancelAsync(StepCancellation cancellation, CancellationToken cancellationToken)
    {
        behaviour.Cancelled[cancellation.Step.ApplicationId] = new(cancellation.Completed?.ToString());
        await db.Letters.Where(l => l.ApplicationId == cancellation.Step.ApplicationId).ExecuteDeleteAsync(cancellationToken);
        return CancelAnswer.Done;
    }
}

/// <summary>Leaves the work to an officer, and stands by what it has completed.</summary>
internal sealed class WriteLater : AgencyService<LetterInput>
{
    public override string Code => "letters/later";

    public override Task<StepAnswer> PerformAsync(StepRequest<LetterInput> request, CancellationToken cancellationToken) =>
        Task.FromResult<StepAnswer>(new StepAnswer.Accepted("F-1"));
}
