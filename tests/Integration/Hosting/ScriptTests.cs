using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Agency;
using Mpp.Hosting;
using Mpp.Hosting.Database;
using Mpp.Hosting.Start;
using Mpp.Messaging;
using Mpp.Support;
using Npgsql;
using Shouldly;

namespace Mpp.Integration.Hosting;

/// <summary>The libraries' tables, from one script to the next.</summary>
public sealed class ScriptTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private const string Next = "ALTER TABLE outbox ADD COLUMN priority smallint NOT NULL DEFAULT 7";

    private static readonly DatabaseScripts Today = MessagingExtensions.Scripts;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private string _address = "";
    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync()
    {
        _address = await servers.CreateDatabaseAsync("scripts");
        _database = NpgsqlDataSource.Create(_address);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_database_goes_from_one_script_to_the_next_and_keeps_its_rows()
    {
        (await ApplyAsync(Today)).ShouldBe(Today.Scripts.Select(script => $"messaging {script.Number:D3}"));
        await ExecuteAsync(
            "INSERT INTO outbox (attempts, created_at, message_id, destination, content_type, body) "
            + "VALUES (0, now(), gen_random_uuid(), 'queue:police', 'application/json', '\\x7b7d')");

        (await ApplyAsync(Then(Today, Next))).ShouldBe([$"messaging {Today.Scripts.Count + 1:D3}"]);

        (await ScalarAsync<string>("SELECT destination || ' ' || priority FROM outbox")).ShouldBe("queue:police 7");
        (await ApplyAsync(Then(Today, Next))).ShouldBeEmpty("again changes nothing");
        (await ScalarAsync<string>("SELECT sha256 FROM schema_scripts ORDER BY number DESC LIMIT 1"))
            .ShouldBe(Then(Today, Next).Scripts[^1].Sha256);
    }

    [Fact]
    public async Task Copies_that_start_together_apply_each_script_once()
    {
        var library = Then(Then(Today, "CREATE TABLE tally (n int)"), "INSERT INTO tally SELECT 1 FROM pg_sleep(0.2)");

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ApplyAsync(library)));

        applied.SelectMany(names => names).Order(StringComparer.Ordinal)
            .ShouldBe(library.Scripts.Select(script => $"messaging {script.Number:D3}"));
        (await ScalarAsync<long>("SELECT count(*) FROM tally")).ShouldBe(1);
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_of_itself_and_what_was_before()
    {
        var broken = Then(Then(Today, Next), "CREATE TABLE half (n int); SELECT 1 / 0");

        await Should.ThrowAsync<PostgresException>(() => ApplyAsync(broken));

        (await ScalarAsync<bool>("SELECT to_regclass('half') IS NULL")).ShouldBeTrue();
        (await ScalarAsync<int>("SELECT max(number) FROM schema_scripts")).ShouldBe(Today.Scripts.Count + 1);
    }

    [Fact]
    public async Task A_script_that_changed_after_it_was_applied_is_refused()
    {
        await ApplyAsync(Today);
        var better = Today.Scripts[0] with { Sql = Today.Scripts[0].Sql + "-- better" };
        var changed = Today with { Scripts = [better, .. Today.Scripts.Skip(1)] };

        (await Should.ThrowAsync<StartException>(() => ApplyAsync(Then(changed, Next)))).Message
            .ShouldStartWith("messaging 001 is not the script that was applied to the database.");
        (await Should.ThrowAsync<StartException>(() => CheckAsync(changed))).Message
            .ShouldStartWith("messaging 001 is not");
        (await ScalarAsync<int>("SELECT max(number) FROM schema_scripts")).ShouldBe(Today.Scripts.Count);
    }

    [Fact]
    public async Task An_older_program_refuses_a_newer_database()
    {
        await ApplyAsync(Then(Today, Next));

        (await Should.ThrowAsync<StartException>(() => ApplyAsync(Today))).Message.ShouldStartWith(
            $"the database is newer than this program: it has messaging {Today.Scripts.Count + 1:D3},");
        await Should.ThrowAsync<StartException>(() => CheckAsync(Today));
    }

    [Fact]
    public async Task Libraries_count_for_themselves()
    {
        var agency = DatabaseScripts.Of("agency", typeof(AgencyExtensions).Assembly);
        await ScriptRun.ApplyAsync(_database, [agency, Today], CancellationToken.None);

        (await ScalarAsync<long>("SELECT count(*) FROM schema_scripts"))
            .ShouldBe(agency.Scripts.Count + Today.Scripts.Count);
        await ScriptRun.CheckAsync(_database, [Today, agency], CancellationToken.None);
    }

    [Fact]
    public async Task A_service_starts_when_the_verb_has_made_its_tables_and_not_before()
    {
        await using (var early = Build())
        {
            (await early.RunAsync().WaitAsync(Limit)).ShouldBe(1);
        }

        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync()));
        ends.ShouldAllBe(code => code == 0, "several copies at once");

        await using var service = Build();
        await (await service.ListenAsync()).WaitAsync(Limit);
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.AddDatabase<ProbeDbContext>();
        builder.Services.AddSingleton(Today);
    }

    private static DatabaseScripts Then(DatabaseScripts library, string sql) =>
        library with { Scripts = [.. library.Scripts, new DatabaseScript(library.Scripts[^1].Number + 1, sql)] };

    private ProbeService Build() =>
        ProbeService.Build("http://issuer.test", Configure, $"--ConnectionStrings:Database={_address}");

    private async Task<int> MigrateAsync()
    {
        string[] arguments = ["migrate", $"--ConnectionStrings:Database={_address}", "--environment=Sandbox"];
        var builder = MppHost.CreateBuilder(arguments, "probe");
        Configure(builder);
        return await builder.Build().RunMppAsync();
    }

    private Task<IReadOnlyList<string>> ApplyAsync(DatabaseScripts library) =>
        ScriptRun.ApplyAsync(_database, [library], CancellationToken.None);

    private Task CheckAsync(DatabaseScripts library) =>
        ScriptRun.CheckAsync(_database, [library], CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
