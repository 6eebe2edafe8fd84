using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Agency;
using Mpp.Contracts.Steps;
using Mpp.Hosting;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Agency;

/// <summary>
/// An agency of the product, with a database, a role and a broker's virtual host of its own and the sandbox population,
/// and a stand-in for the coordinator.
/// </summary>
public abstract class RunningAgency(string name, Assembly program) : IAsyncLifetime
{
    public const int People = 1500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ServersFixture _servers = new();
    private Dictionary<string, string> _configuration = [];
    private ServiceInProcess? _service;
    private CoordinatorStub? _coordinator;

    internal CoordinatorStub Coordinator => _coordinator!;

    /// <summary>The service's own database, with its password.</summary>
    internal string Database => _configuration["ConnectionStrings:Database"];

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        var rabbitMq = await _servers.CreateVirtualHostAsync(name.Replace('-', '_'));
        _configuration = new Dictionary<string, string>
        {
            ["ConnectionStrings:Database"] = await _servers.CreateDatabaseAsync(name.Replace('-', '_')),
            ["ConnectionStrings:RabbitMq"] = _servers.Servers.BrokerUri(rabbitMq, name).ToString(),
            ["Database:MigrateAtStart"] = "true",
            ["Auth:Authority"] = "http://127.0.0.1:9/",
            ["Sandbox:Load"] = "true",
            ["Sandbox:People"] = People.ToString(CultureInfo.InvariantCulture),
        };
        _service = await ServiceInProcess.StartAsync(program, _configuration);
        _coordinator = await CoordinatorStub.StartAsync(rabbitMq);
    }

    public async Task DisposeAsync()
    {
        if (_coordinator is not null)
        {
            await _coordinator.DisposeAsync();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    /// <summary>Stops the service and starts it again with one setting changed.</summary>
    internal async Task RestartAsync(string key, string value)
    {
        await _service!.DisposeAsync();
        _configuration[key] = value;
        _service = await ServiceInProcess.StartAsync(program, _configuration);
    }

    /// <summary>Looks into the registers, or writes to them.</summary>
    internal async Task<T> InDatabaseAsync<TDbContext, T>(Func<TDbContext, Task<T>> use) where TDbContext : DbContext
    {
        await using var scope = _service!.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TDbContext>());
    }

    /// <summary>Loads the sandbox once more.</summary>
    internal async Task LoadSandboxAsync()
    {
        await using var scope = _service!.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISandbox>().LoadAsync(CancellationToken.None);
    }

    /// <summary>Asks for a step that must succeed; its outputs and documents.</summary>
    internal async Task<(T Outputs, IReadOnlyList<IssuedDocument> Documents)> CompleteAsync<T>(StepRequest step)
    {
        var completed = (await Coordinator.AskAsync(step)).ShouldBeOfType<StepCompleted>();
        return (Read<T>(completed), completed.Documents);
    }

    /// <summary>Asks for a step that must be refused; requirement and pointer of each reason.</summary>
    internal async Task<(string Requirement, string? Pointer)[]> RefuseAsync(StepRequest step)
    {
        var refused = (await Coordinator.AskAsync(step)).ShouldBeOfType<StepRefused>();
        refused.Reasons.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0 && r.LegalBasis != null);
        return [.. refused.Reasons.Select(r => (r.Requirement, r.Pointer))];
    }

    /// <summary>What a service says before anything is filed; requirement and status of each precondition.</summary>
    internal async Task<(string Requirement, PreconditionStatus Status)[]> CheckAsync(string service, object inputs)
    {
        var found = (await Coordinator.QuestionAsync(TestSteps.Question(service, inputs))).Preconditions;
        found.ShouldAllBe(
            p => p.Status != PreconditionStatus.Missing || p.Remedy!.Id.Length > 0 && p.Remedy.En.Length > 0);
        return [.. found.Select(p => (p.Requirement, p.Status))];
    }

    /// <summary>Asks for a step that must be sent back; requirement and pointer of each item.</summary>
    internal async Task<(string Requirement, string? Pointer)[]> SendBackAsync(StepRequest step)
    {
        var asked = (await Coordinator.AskAsync(step)).ShouldBeOfType<CorrectionRequested>();
        asked.Items.ShouldAllBe(r => r.Text.Id.Length > 0 && r.Text.En.Length > 0 && r.LegalBasis != null);
        return [.. asked.Items.Select(r => (r.Requirement, r.Pointer))];
    }

    /// <summary>Asks for a step that must be taken in hand, for an officer.</summary>
    internal async Task TakeInHandAsync(StepRequest step) =>
        (await Coordinator.AskAsync(step)).ShouldBeOfType<StepAccepted>()
            .AgencyFileNumber.ShouldBe(step.ApplicationNumber.Value);

    /// <summary>What an officer of the agency decides about a step that is in hand.</summary>
    internal async Task DecideAsync<TDbContext>(StepRef step, StepAnswer answer) where TDbContext : DbContext
    {
        await using var scope = _service!.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TDbContext>();
        await using var transaction = await database.Database.BeginTransactionAsync();
        await scope.ServiceProvider.GetRequiredService<IAgencySteps>()
            .AnswerAsync(step, answer, CancellationToken.None);
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Cancels a step; <see cref="StepCancelled"/> or <see cref="StepCancellationRefused"/>.</summary>
    internal async Task<object> CancelAsync(StepRequest step)
    {
        var before = Coordinator.Replies(step.Step).Count;
        await Coordinator.SendAsync(name, TestSteps.Cancel(step));
        return (await Coordinator.RepliesAsync(step.Step, before + 1))[^1];
    }

    internal static T Read<T>(StepCompleted completed) => completed.Outputs.Deserialize<T>(Json)!;
}
