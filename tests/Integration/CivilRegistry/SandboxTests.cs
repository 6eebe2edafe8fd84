using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Mpp.Agency;
using Mpp.CivilRegistry.Births;
using Mpp.CivilRegistry.Data;
using Mpp.CivilRegistry.Sandbox;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Hosting;
using Mpp.Hosting.Database;
using Mpp.Support;
using Npgsql;
using Shouldly;

namespace Mpp.Integration.CivilRegistry;

public sealed class SandboxTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Fifty_thousand_people_are_registered_in_seconds_and_only_once()
    {
        await using var database = NpgsqlDataSource.Create(await servers.CreateDatabaseAsync("civil_registry"));
        var options = new DbContextOptionsBuilder<CivilRegistryDbContext>()
            .UseNpgsql(database).UseSnakeCaseNamingConvention().Options;
        await using var db = new CivilRegistryDbContext(options);
        await ScriptRun.ApplyAsync(
            database, [DatabaseScripts.Of("agency", typeof(AgencyExtensions).Assembly)], CancellationToken.None);
        await db.Database.MigrateAsync();

        await LoadAsync(db, 1_000);
        await LoadAsync(db, 1_000);
        (await db.Persons.CountAsync()).ShouldBe(1_000);

        var clock = Stopwatch.StartNew();
        await LoadAsync(db, 50_000);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (await db.Persons.CountAsync()).ShouldBe(50_000);

        // The next child gets a number that nobody has.
        var stem = NikSerial.StemOf(RegionCode.Parse("74.02.42"), new DateOnly(1984, 10, 20), Sex.Male);
        var next = await NikSerial.NextAsync(
            new SerialNumbers(database), stem, new StepRef(Guid.NewGuid(), "birth-certificate", 1),
            CancellationToken.None);
        (await db.Persons.AnyAsync(p => p.Nik == next)).ShouldBeFalse();
        (await db.Persons.CountAsync(p => p.Nik == Nik.Parse("7402422010840001"))).ShouldBe(1);
        next.Serial.ShouldBeGreaterThan(1);
    }

    private static Task LoadAsync(CivilRegistryDbContext db, int people) =>
        new CivilRegistrySandbox(db, Options.Create(new SandboxOptions { Load = true, People = people }))
            .LoadAsync(CancellationToken.None);
}
