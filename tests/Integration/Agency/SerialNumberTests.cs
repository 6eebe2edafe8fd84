using Mpp.Agency;
using Mpp.Contracts.Steps;
using Mpp.Hosting.Database;
using Mpp.Support;
using Npgsql;
using Shouldly;

namespace Mpp.Integration.Agency;

/// <summary>Consecutive numbers, taken by many at once and by those that fail.</summary>
public sealed class SerialNumberTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private NpgsqlDataSource _database = null!;
    private SerialNumbers _numbers = null!;

    public async Task InitializeAsync()
    {
        _database = NpgsqlDataSource.Create(await servers.CreateDatabaseAsync("numbers"));
        await ScriptRun.ApplyAsync(
            _database, [DatabaseScripts.Of("agency", typeof(AgencyExtensions).Assembly)], CancellationToken.None);
        _numbers = new SerialNumbers(_database);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Steps_at_the_same_time_have_numbers_without_doubles_and_gaps()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => TakeAsync("many", Step())));

        numbers.Order().ShouldBe(Enumerable.Range(1, 300));
    }

    [Fact]
    public async Task A_step_that_is_done_again_has_its_number_and_nobody_else_gets_it()
    {
        var step = Step();

        (await TakeAsync("again", step)).ShouldBe(1);
        (await TakeAsync("again", Step())).ShouldBe(2);
        (await TakeAsync("again", step with { Attempt = 2 })).ShouldBe(1);
        (await TakeAsync("another", step)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_copies_that_do_one_step_at_the_same_time_use_up_one_number()
    {
        for (var round = 1; round <= 20; round++)
        {
            var step = Step();
            (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAsync("copies", step))))
                .ShouldAllBe(number => number == round);
        }
    }

    [Fact]
    public async Task Nobody_waits_for_the_end_of_a_step_that_has_a_number()
    {
        await using var work = await _database.OpenConnectionAsync();
        await using var transaction = await work.BeginTransactionAsync();
        await TakeAsync("open", Step());

        (await TakeAsync("open", Step()).WaitAsync(TimeSpan.FromSeconds(5))).ShouldBe(2);

        await transaction.RollbackAsync();
        (await TakeAsync("open", Step())).ShouldBe(3);
    }

    private static StepRef Step() => new(Guid.CreateVersion7(), "skck", 1);

    private Task<int> TakeAsync(string series, StepRef step) =>
        _numbers.TakeAsync(series, step, CancellationToken.None);
}
