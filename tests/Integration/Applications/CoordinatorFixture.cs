using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Applications.Data;
using Mpp.Applications.Packages;
using Mpp.Contracts.Packages;
using Mpp.Hosting.Clock;
using Mpp.Hosting.Idempotency;
using Mpp.Support;

namespace Mpp.Integration.Applications;

/// <summary>
/// The tests of the coordinator share one service, and run one after the other: what a refused request leaves behind is
/// counted.
/// </summary>
[CollectionDefinition(Name)]
public sealed class CoordinatorTests : ICollectionFixture<CoordinatorFixture>
{
    public const string Name = "Coordinator";
}

/// <summary>
/// The Applications service on a database and a virtual host of its own, and agencies that do what a test tells them.
/// </summary>
public sealed class CoordinatorFixture : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();
    private readonly List<WebApplicationFactory<ApplicationsDbContext>> _copies = [];
    private string _clockFile = "";
    private string _database = "";
    private Uri _broker = null!;

    /// <summary>How long agencies may be silent.</summary>
    internal string StallsAfter { get; init; } = "01:00:00";

    /// <summary>Whether the service lives by a clock that <see cref="MoveTo"/> moves.</summary>
    internal bool Moves { get; init; }

    internal StubCatalogue Catalogue { get; } = new();

    internal StubAgencies Agencies { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    internal IServiceProvider Services => _copies[0].Services;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _clockFile = Moves ? Path.Combine(Directory.CreateTempSubdirectory("mpp-clock").FullName, "clock") : "";
        _database = await _servers.CreateDatabaseAsync("applications");
        _broker = await _servers.CreateVirtualHostAsync("applications");
        Catalogue.Packages.AddRange(TestPackages.All);
        Agencies = await StubAgencies.StartAsync(_broker);
        Client = await StartCopyAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var copy in _copies)
        {
            await copy.DisposeAsync();
        }

        await Agencies.DisposeAsync();
        await _servers.DisposeAsync();
        if (Moves)
        {
            Directory.Delete(Path.GetDirectoryName(_clockFile)!, recursive: true);
        }
    }

    /// <summary>One more copy of the service on the same database and broker.</summary>
    internal async Task<HttpClient> StartCopyAsync()
    {
        var copy = new WebApplicationFactory<ApplicationsDbContext>().WithWebHostBuilder(host => host
            .UseEnvironment("Sandbox")
            .UseSetting("ConnectionStrings:Database", _database)
            .UseSetting("ConnectionStrings:RabbitMq", BrokerUri("applications").ToString())
            .UseSetting("Database:MigrateAtStart", "true")
            .UseSetting("Auth:Authority", "http://issuer.test")
            .UseSetting("Catalogue:Url", "http://catalogue.test")
            .UseSetting("Traces:Url", "https://traces.test/{traceId}?span={spanId}")
            .UseSetting("Flow:StallsAfter", StallsAfter)
            .UseSetting("Prechecks:PerPersonADay", "3")
            .UseSetting("Prechecks:Clients:curious", "2")
            .UseSetting("Sandbox:ClockFile", _clockFile)
            .UseSetting("Logging:LogLevel:Default", "Warning")
            .ConfigureTestServices(services =>
            {
                Tokens.Accept(services);
                services.AddHttpClient(CatalogueCopy.Client).ConfigurePrimaryHttpMessageHandler(() => Catalogue);
            }));
        _copies.Add(copy);
        // A real server: limits, streams and broken connections are its own.
        copy.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var client = copy.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Create());
        await Wait.UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60), "the service is not ready.");
        return client;
    }

    /// <summary>The broker's address for a service's user, or for the administrator.</summary>
    internal Uri BrokerUri(string? user = null) =>
        user is null ? _broker : _servers.Servers.BrokerUri(_broker, user);

    /// <summary>Moves the service's clock forward.</summary>
    internal void MoveTo(DateTimeOffset moment) =>
        new SandboxClock(_clockFile).Move(moment - TimeProvider.System.GetUtcNow());

    /// <summary>The service's database, to look into.</summary>
    internal async Task<T> ReadAsync<T>(Func<ApplicationsDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>());
    }

    /// <summary>How many rows a refused submission could have left.</summary>
    internal Task<(int, int, int, int)> RowsAsync() => ReadAsync(async database => (
        await database.Applications.CountAsync(), await database.Timeline.CountAsync(),
        await database.PersonalData.CountAsync(), await database.Set<IdempotencyKeyRow>().CountAsync()));
}

internal static class TestPackages
{
    /// <summary>Eight steps at once, and one that needs an output of each.</summary>
    public static readonly PackageDefinition FanIn = StubCatalogue.Package("fan-in", 1,
    [
        .. Enumerable.Range(1, 8).Select(i => new StepDefinition { Id = $"part-{i}", Service = "police/paper" }),
        new StepDefinition
        {
            Id = "whole",
            Service = "licensing/paper",
            Needs = [.. Enumerable.Range(1, 8).Select(i => $"part-{i}")],
            Inputs = Enumerable.Range(1, 8)
                .ToDictionary(i => $"value{i}", i => $"/steps/part-{i}/value", StringComparer.Ordinal),
        },
    ]);

    public static readonly PackageDefinition OneStep = StubCatalogue.Package("one-step", 1,
        new StepDefinition
        {
            Id = "only",
            Service = "police/paper",
            Inputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = "/input/text" }
        });

    public static readonly PackageDefinition TwoBranches = StubCatalogue.Package("two-branches", 1,
        new StepDefinition { Id = "left", Service = "police/paper", OnRefused = OnRefused.SkipDependents },
        new StepDefinition { Id = "after-left", Service = "police/paper", Needs = ["left"] },
        new StepDefinition { Id = "right", Service = "bpjs/paper" });

    /// <summary>Two branches that read the same text, and owners.</summary>
    public static readonly PackageDefinition Mendable = StubCatalogue.Package("mendable", 1,
        new StepDefinition
        {
            Id = "checked",
            Service = "police/paper",
            Inputs = Text,
            OnRefused = OnRefused.SkipDependents
        },
        new StepDefinition { Id = "after", Service = "police/paper", Needs = ["checked"], Inputs = Text },
        new StepDefinition { Id = "other", Service = "bpjs/paper", Inputs = Text }) with
    { Owners = ["/input/text"] };

    /// <summary>A step whose time an operator can change, and one whose time is the law's.</summary>
    public static readonly PackageDefinition Timed = StubCatalogue.Package("timed", 1,
        new StepDefinition
        {
            Id = "agreed",
            Service = "police/skck",
            Deadline = new(5, DeadlineUnit.WorkingDays, OnLapse.Escalate)
        },
        new StepDefinition
        {
            Id = "legal",
            Service = "licensing/standard-certificate",
            Deadline = new(5, DeadlineUnit.WorkingDays, OnLapse.DeemGranted)
        });

    /// <summary>A step that can be cancelled, one that depends on it, and the pivot after both.</summary>
    public static readonly PackageDefinition Cancellable = StubCatalogue.Package("cancellable", 1,
        new StepDefinition { Id = "first", Service = "police/paper", Compensable = true },
        new StepDefinition { Id = "second", Service = "bpjs/paper", Needs = ["first"], Compensable = true },
        new StepDefinition
        {
            Id = "last",
            Service = "licensing/paper",
            Needs = ["second"],
            Pivot = true
        });

    public static IEnumerable<PackageDefinition> All => [FanIn, OneStep, TwoBranches, Mendable, Timed, Cancellable];

    private static Dictionary<string, string> Text => new(StringComparer.Ordinal) { ["text"] = "/input/text" };
}
