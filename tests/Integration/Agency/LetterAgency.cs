using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Agency;
using Mpp.Contracts;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Mpp.Hosting;

namespace Mpp.Integration.Agency;

/// <summary>An agency for the tests of the kit: it writes letters.</summary>
internal static class LetterAgency
{
    public static async Task<ServiceInProcess> StartAsync(string database, Uri rabbitMq)
    {
        var options = new DbContextOptionsBuilder<LetterDbContext>().UseNpgsql(database)
            .UseSnakeCaseNamingConvention().Options;
        await using (var db = new LetterDbContext(options))
        {
            await db.Database.EnsureCreatedAsync();
        }

        return await ServiceInProcess.StartAsync(
            args =>
            {
                var builder = MppHost.CreateBuilder(args, "letters");
                builder.Services.AddSingleton<Behaviour>();
                builder.AddAgency<LetterDbContext>("letters", agency => agency
                    .Service<WriteLetter>().Service<WriteLater>()
                    .Service<RegisteredLetter>().Service<DelayedLetter>().Service<RefusedLetter>()
                    .Service<LookedUpLetter>());
                var app = builder.Build();
                app.UseMpp();
                return app.RunMppAsync();
            },
            new Dictionary<string, string>
            {
                ["ConnectionStrings:Database"] = database,
                ["ConnectionStrings:RabbitMq"] = rabbitMq.ToString(),
                ["Database:MigrateAtStart"] = "true",
                ["Auth:Authority"] = "http://127.0.0.1:1",
                // Tests gather what is to wait together.
                ["Messaging:BatchPatience"] = "00:00:30",
            });
    }
}

internal sealed class LetterDbContext(DbContextOptions<LetterDbContext> options) : DbContext(options)
{
    public DbSet<Letter> Letters => Set<Letter>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .HasDocumentNumbers("letter_numbers")
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

    /// <summary>What a service was told besides its input, by application, in order.</summary>
    public ConcurrentDictionary<Guid, ConcurrentQueue<Told>> Told { get; } = new();

    /// <summary>How many requests were looked up together, each time.</summary>
    public ConcurrentQueue<int> LookedUp { get; } = [];

    /// <summary>The first look takes so long; others gather behind it.</summary>
    public TaskCompletionSource Look { get; } = new();

    public void Tell(StepRequest<LetterInput> request) => Told.GetOrAdd(request.Step.ApplicationId, _ => new())
        .Enqueue(new Told(
            request.Attempt, request.Corrected, request.Paid, request.BoundByLaw, request.Channel, request.Input));

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

internal sealed record Told(
    int Attempt, IReadOnlyList<string> Corrected, FeePaid? Paid, DateTimeOffset? BoundByLaw,
    string Channel, LetterInput Input);

internal sealed record LetterInput(Nik Nik, [property: Range(1, 3)] int Copies = 1);

internal sealed class WriteLetter(
    LetterDbContext db, DocumentNumbers numbers, Behaviour behaviour) : AgencyService<LetterInput>
{
    public override string Code => "letters/write";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<LetterInput> request, CancellationToken cancellationToken)
    {
        var number = await numbers.NextAsync(db, "letter_numbers", cancellationToken);
        db.Add(new Letter { ApplicationId = request.Step.ApplicationId, Number = $"L-{number}" });
        behaviour.Perform(request.Step.ApplicationId);
        return new StepAnswer.Completed(
            new { Number = $"L-{number}", request.Today, Nothing = (string?)null },
            new IssuedDocument("letter", $"L-{number}", request.Today, ValidUntil: null));
    }

    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        behaviour.Cancelled[cancellation.Step.ApplicationId] = new(cancellation.Completed?.ToString());
        await db.Letters.Where(l => l.ApplicationId == cancellation.Step.ApplicationId)
            .ExecuteDeleteAsync(cancellationToken);
        return CancelAnswer.Done;
    }
}

/// <summary>Looks up what it answers.</summary>
internal sealed class LookedUpLetter(Behaviour behaviour) : LookupService<LetterInput, string>
{
    public override string Code => "letters/looked-up";

    protected override async Task<IReadOnlyList<string>> LookUpAsync(
        IReadOnlyList<StepRequest<LetterInput>> requests, CancellationToken cancellationToken)
    {
        behaviour.LookedUp.Enqueue(requests.Count);
        await behaviour.Look.Task.WaitAsync(cancellationToken);
        return [.. requests.Select(r => r.Step.ApplicationId.ToString())];
    }

    protected override Task<StepAnswer> PerformAsync(
        StepRequest<LetterInput> request, string found, CancellationToken cancellationToken) =>
        Task.FromResult<StepAnswer>(new StepAnswer.Completed(new { Number = found }));
}

/// <summary>Leaves the work to an officer, and stands by what it has completed.</summary>
internal sealed class WriteLater : AgencyService<LetterInput>
{
    public override string Code => "letters/later";

    public override Task<StepAnswer> PerformAsync(
        StepRequest<LetterInput> request, CancellationToken cancellationToken) =>
        Task.FromResult<StepAnswer>(new StepAnswer.Accepted("F-1"));
}

/// <summary>Costs a fee, which is asked for when the file is good; tells before what stands against it.</summary>
internal sealed class RegisteredLetter(LetterDbContext db, Behaviour behaviour) : AgencyService<LetterInput>
{
    public const long Fee = 5_000;

    public override string Code => "letters/registered";

    public override Task<StepAnswer> PerformAsync(StepRequest<LetterInput> request, CancellationToken cancellationToken)
    {
        behaviour.Tell(request);
        behaviour.Perform(request.Step.ApplicationId);
        if (request.Input.Copies == 3)
        {
            return Task.FromResult<StepAnswer>(request.Corrected.Count == 0 || request.Paid is not null
                ? new StepAnswer.CorrectionRequested(new StepReason(
                    "fewer-copies", new LocalizedText("Terlalu banyak.", "Too many."), "/copies"))
                : new StepAnswer.FeeRequested(Fee, "Registration", request.DueAt ?? DateTimeOffset.MaxValue));
        }

        if (request.Paid is null)
        {
            return Task.FromResult<StepAnswer>(new StepAnswer.FeeRequested(
                Fee, "Registration", DateTimeOffset.MaxValue));
        }

        db.Add(new Letter { ApplicationId = request.Step.ApplicationId, Number = $"R-{request.Paid.BillingCode}" });
        return Task.FromResult<StepAnswer>(new StepAnswer.Completed(new { Number = $"R-{request.Paid.BillingCode}" }));
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken) => request.Value<Nik>("nik") switch
        {
            null => [Judgement.KnownLater("known")],
            { Value: Slow } => await Forever(cancellationToken),
            { Value: Writer } => await Write(cancellationToken),
            _ => Judgement.Of([new StepReason("sober", new LocalizedText("Tidak.", "No."), "/nik"), new StepReason(
                "other", new LocalizedText("-", "-"))], "known", "sober"),
        };

    public override Task<object?> ForeseeAsync(PrecheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<object?>(
            request.Value<Nik>("nik") is null ? null : new { KnownSince = new DateOnly(2026, 11, 22) });

    public const string Slow = "7402422010840002";

    public const string Writer = "7402422010840003";

    private static async Task<IReadOnlyList<Precondition>> Forever(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, cancellationToken);
        return [];
    }

    private async Task<IReadOnlyList<Precondition>> Write(CancellationToken cancellationToken)
    {
        db.Add(new Letter { ApplicationId = Guid.Empty, Number = "written by a question" });
        await db.SaveChangesAsync(cancellationToken);
        return [];
    }
}

/// <summary>Takes its time, and issues when the law says so.</summary>
internal sealed class DelayedLetter(LetterDbContext db, Behaviour behaviour) : AgencyService<LetterInput>
{
    public override string Code => "letters/delayed";

    public override Task<StepAnswer> PerformAsync(StepRequest<LetterInput> request, CancellationToken cancellationToken)
    {
        behaviour.Tell(request);
        if (request.BoundByLaw is null)
        {
            return Task.FromResult<StepAnswer>(new StepAnswer.Accepted("F-2"));
        }

        db.Add(new Letter { ApplicationId = request.Step.ApplicationId, Number = "D-1" });
        return Task.FromResult<StepAnswer>(new StepAnswer.Completed(new { Number = "D-1" }));
    }
}

/// <summary>Refuses what the law has granted: several copies at once, one for a start.</summary>
internal sealed class RefusedLetter(Behaviour behaviour) : AgencyService<LetterInput>
{
    public override string Code => "letters/refused";

    public override Task<StepAnswer> PerformAsync(StepRequest<LetterInput> request, CancellationToken cancellationToken)
    {
        behaviour.Tell(request);
        return Task.FromResult<StepAnswer>(request is { BoundByLaw: null, Input.Copies: 1 }
            ? new StepAnswer.Accepted("F-3")
            : new StepAnswer.Refused(new StepReason(
                "handwriting", new LocalizedText("Tidak terbaca.", "Not legible."))));
    }
}
