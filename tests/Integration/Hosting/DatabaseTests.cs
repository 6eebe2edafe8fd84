using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mpp.Hosting;
using Mpp.Support;
using Npgsql;
using Shouldly;

namespace Mpp.Integration.Hosting;

/// <summary>A service and its database: who waits for whom.</summary>
public sealed class DatabaseTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const string Authority = "http://issuer.test";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_service_starts_while_the_database_is_away_and_goes_to_work_when_it_is_there()
    {
        var connection = new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync("hosting"));
        await using var relay = new Relay(connection.Host!, connection.Port);
        connection.Host = "127.0.0.1";
        connection.Port = relay.Port;
        await using var service = ProbeService.Build(Authority, Configure, $"--ConnectionStrings:Database={connection}",
            "--Database:MigrateAtStart=true", "--Sandbox:Load=true");
        var work = service.Services.GetServices<IHostedService>().OfType<Work>().Single();

        var started = await service.ListenAsync();
        (await StatusAsync(service, "/health/live")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(service, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(service, "/broken")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        work.Started.ShouldBeFalse("the service's work begins when its tables are there");

        relay.Open();
        await started.WaitAsync(Limit);
        work.Started.ShouldBeTrue();
        (await StatusAsync(service, "/health/ready")).ShouldBe(HttpStatusCode.OK);
        (await CountAsync(connection.ConnectionString)).ShouldBe(1, "the sandbox is loaded after the migration");

        relay.Close();
        await Wait.UntilAsync(
            async () => await StatusAsync(service, "/health/ready") == HttpStatusCode.ServiceUnavailable, Limit,
            "still ready without a database");
        using (var ready = await service.GetAsync("/health/ready"))
        {
            var text = await ready.Content.ReadAsStringAsync();
            JsonDocument.Parse(text).RootElement.GetProperty("checks").EnumerateArray()
                .Select(check => $"{check.GetProperty("name").GetString()} {check.GetProperty("status").GetString()}")
                .ShouldBe(["service healthy", "postgresql unhealthy"]);
            text.ShouldNotContain("127.0.0.1");
        }

        (await StatusAsync(service, "/health/live")).ShouldBe(HttpStatusCode.OK);
        await TriesLaterAsync(service);
        relay.Open();
        await Wait.UntilAsync(
            async () => await StatusAsync(service, "/health/ready") == HttpStatusCode.OK, Limit, "not ready again");
    }

    [Fact]
    public async Task Requests_that_get_no_connection_are_asked_to_come_again()
    {
        var connection = await servers.CreateDatabaseAsync("hosting");
        await using var service = ProbeService.Build(Authority, Configure,
            $"--ConnectionStrings:Database={connection};Maximum Pool Size=2;Timeout=1",
            "--Database:MigrateAtStart=true");
        await await service.ListenAsync();
        var pool = service.Services.GetRequiredService<NpgsqlDataSource>();
        await using (await pool.OpenConnectionAsync())
        await using (await pool.OpenConnectionAsync())
        {
            await TriesLaterAsync(service);
        }

        (await StatusAsync(service, "/stored")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_verb_migrates_and_ends()
    {
        var connection = await servers.CreateDatabaseAsync("hosting");
        await using var service = ProbeService.Build(
            Authority, Configure, $"--ConnectionStrings:Database={connection}");
        await using var migrating = BuildVerb("migrate", connection);

        (await migrating.RunMppAsync()).ShouldBe(0);

        (await CountAsync(connection)).ShouldBe(0, "the verb loads no sandbox");
        (await BuildVerb("migrate", connection).RunMppAsync()).ShouldBe(0, "again changes nothing");
    }

    [Fact]
    public async Task Copies_that_migrate_at_once_wait_for_each_other()
    {
        var connection = await servers.CreateDatabaseAsync("hosting");

        var ends = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => BuildVerb("migrate", connection).RunMppAsync())));

        ends.ShouldAllBe(code => code == 0);
        (await CountAsync(connection)).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_that_refuses_the_service_ends_it()
    {
        var connection =
            new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync("hosting")) { Database = "nowhere" };
        await using var service = ProbeService.Build(
            Authority, Configure, $"--ConnectionStrings:Database={connection}");

        (await service.RunAsync().WaitAsync(Limit)).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_never_answers_ends_the_service_in_the_end()
    {
        await using var service = ProbeService.Build(
            Authority, Configure, "--ConnectionStrings:Database=Host=127.0.0.1;Port=1;Database=x;Username=x",
            "--Database:StartTimeout=00:00:01");

        (await service.RunAsync().WaitAsync(Limit)).ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_connection_string_the_service_does_not_start()
    {
        await using var service = ProbeService.Build(Authority, Configure);

        (await service.RunAsync().WaitAsync(Limit)).ShouldBe(1);
    }

    [Fact]
    public async Task The_sandbox_is_refused_in_production()
    {
        await using var service = ProbeService.Build("https://issuer.test", Configure, "--environment=Production",
            "--ConnectionStrings:Database=Host=127.0.0.1;Port=1;Database=x", "--Sandbox:Load=true");

        (await service.RunAsync().WaitAsync(Limit)).ShouldBe(1);
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.AddDatabase<ProbeDbContext>();
        builder.AddSandbox<ProbeSandbox>();
        builder.Services.AddHostedService<Work>();
    }

    private static WebApplication BuildVerb(string verb, string connection)
    {
        var builder = MppHost.CreateBuilder(
            [verb, $"--ConnectionStrings:Database={connection}", "--environment=Sandbox"], "probe");
        builder.AddDatabase<ProbeDbContext>();
        return builder.Build();
    }

    private static async Task TriesLaterAsync(ProbeService service)
    {
        using var answer = await service.GetAsync("/stored");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString()
            .ShouldBe("urn:mpp:problem:not-ready");
        service.Errors.ShouldBeEmpty("the database's faults are not ours");
    }

    private static async Task<HttpStatusCode> StatusAsync(ProbeService service, string path)
    {
        using var answer = await service.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task<long> CountAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SELECT count(*) FROM probes");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private sealed class Work : IHostedService
    {
        public bool Started { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Started = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

internal sealed class ProbeDbContext(DbContextOptions<ProbeDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<ProbeRow>().ToTable("probes").Property(row => row.Id).HasColumnName("id");
}

internal sealed class ProbeRow
{
    public Guid Id { get; set; }
}

internal sealed class ProbeSandbox(ProbeDbContext context) : ISandbox
{
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        context.Add(new ProbeRow { Id = Guid.NewGuid() });
        await context.SaveChangesAsync(cancellationToken);
    }
}

[DbContext(typeof(ProbeDbContext))]
[Migration("20261122000000_Initial")]
internal sealed class ProbeMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE probes (id uuid PRIMARY KEY)");
}

[DbContext(typeof(ProbeDbContext))]
[Migration("20261123000000_Second")]
internal sealed class SecondProbeMigration : Migration
{
    // Slow enough for another copy to come in between.
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE probes ADD COLUMN note text; SELECT pg_sleep(0.2)");
}
