using Microsoft.Extensions.DependencyInjection;
using Mpp.CivilRegistry.Data;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Sandbox;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.CivilRegistry;

/// <summary>The civil registry with the sandbox population, and a stand-in for the coordinator.</summary>
public sealed class RegistryFixture : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();
    private int _letters;
    private int _couples;
    private ServiceInProcess? _registry;
    private CoordinatorStub? _coordinator;

    internal static IReadOnlyList<Person> People { get; } = Population.Generate();

    internal CoordinatorStub Coordinator => _coordinator!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        var database = await _servers.CreateDatabaseAsync("civil_registry");
        var rabbitMq = await _servers.CreateVirtualHostAsync("civil_registry");
        _coordinator = await CoordinatorStub.StartAsync(rabbitMq);
        _registry = await ServiceInProcess.StartAsync(
            typeof(CivilRegistryDbContext).Assembly, new Dictionary<string, string>
            {
                ["ConnectionStrings:Database"] = database,
                ["ConnectionStrings:RabbitMq"] =
                    _servers.Servers.BrokerUri(rabbitMq, "civil-registry").ToString(),
                ["Database:MigrateAtStart"] = "true",
                ["Sandbox:Load"] = "true",
                ["Auth:Authority"] = "http://127.0.0.1:1",
            });
    }

    public async Task DisposeAsync()
    {
        await _registry!.DisposeAsync();
        await _coordinator!.DisposeAsync();
        await _servers.DisposeAsync();
    }

    /// <summary>A couple that no other test of the class has.</summary>
    internal Couple NextCouple() => Population.Couples(People).ElementAt(Interlocked.Increment(ref _couples));

    internal string NextLetter() => $"RSUD/{Interlocked.Increment(ref _letters):D5}/2026";

    /// <summary>Today in Konawe, as the service sees it.</summary>
    internal static DateOnly Today => TimeProvider.System.Today(Population.Region);

    internal async Task<T> WithDatabaseAsync<T>(Func<CivilRegistryDbContext, Task<T>> ask)
    {
        await using var scope = _registry!.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<CivilRegistryDbContext>());
    }

    internal Task WithDatabaseAsync(Func<CivilRegistryDbContext, Task> act) => WithDatabaseAsync(async db =>
    {
        await act(db);
        return true;
    });

    internal async Task<StepCompleted> CompleteAsync(StepRequest step) =>
        (await Coordinator.AskAsync(step)).ShouldBeOfType<StepCompleted>();

    /// <summary>Asks, expects a refusal for one requirement, in both languages and with its law.</summary>
    internal async Task RefuseAsync(StepRequest step, string requirement, string pointer)
    {
        var reason = (await Coordinator.AskAsync(step)).ShouldBeOfType<StepRefused>().Reasons.ShouldHaveSingleItem();
        (reason.Requirement, reason.Pointer).ShouldBe((requirement, pointer));
        reason.LegalBasis.ShouldNotBeNullOrEmpty();
        reason.Text.Id.ShouldNotBeNullOrEmpty();
        reason.Text.En.ShouldNotBeNullOrEmpty();
    }
}
