using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Mpp.Catalogue.Data;
using Mpp.Catalogue.Loading;
using Mpp.Catalogue.Publishing;
using Mpp.Hosting.Start;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Definitions;

/// <summary>Published versions on a real PostgreSQL.</summary>
public sealed class PublicationTests(ServersFixture fixture) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private const string Package = "packages/job-seeker.v3.json";
    private const string Next = "packages/job-seeker.v4.json";

    private static readonly string[] All = ["birth 1", "birth 2", "birth 3", "health-worker-licence 1",
        "health-worker-licence 2", "job-seeker 1", "job-seeker 2", "job-seeker 3", "lost-wallet 1", "lost-wallet 2",
        "start-business 1", "start-business 2", "start-business 3"];

    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        var database = await fixture.CreateDatabaseAsync("catalogue");
        _services = new ServiceCollection()
            .AddDbContext<CatalogueDbContext>(options => options.UseNpgsql(database).UseSnakeCaseNamingConvention())
            .BuildServiceProvider();
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogueDbContext>().Database.MigrateAsync();
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task What_is_published_once_is_fine_at_every_later_start()
    {
        await Publish(Files());
        await Publish(Files());
        (await Published()).ShouldBe(All);
    }

    [Fact]
    public async Task Copies_that_start_together_publish_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Publish(Files())));
        (await Published()).ShouldBe(All);
    }

    [Fact]
    public async Task Other_content_under_a_published_version_is_refused_and_nothing_of_it_published()
    {
        await Publish(Files());
        var files = Files();
        files[Next] = Change(files[Package], "\"version\": 3", "\"version\": 4");
        files[Package] = Change(
            files[Package], "\"onLapse\": \"escalate\"", "\"onLapse\": \"deem-granted\"", last: true);

        var fault = await Should.ThrowAsync<StartException>(() => Publish(files));

        fault.Message.ShouldContain($"{Package}: the content is not what was published on ");
        fault.Message.ShouldContain("make it in version 5");
        (await Published()).ShouldBe(All);
    }

    [Fact]
    public async Task A_published_version_whose_file_is_gone_refuses_the_start_until_it_is_back()
    {
        await Publish(Files());
        var files = Files();
        files.Remove(Package).ShouldBeTrue();

        var fault = await Should.ThrowAsync<StartException>(() => Publish(files));

        fault.Message.ShouldContain($"{Package}: the file is gone, but this version was published on ");
        fault.Message.ShouldContain("Bring the file back.");
        await Publish(Files());
    }

    [Fact]
    public async Task A_new_version_is_published_beside_the_old_one()
    {
        await Publish(Files());
        var files = Files();
        files[Next] = Change(files[Package], "\"version\": 3", "\"version\": 4");

        await Publish(files);

        (await Published()).ShouldBe([.. All, "job-seeker 4"], ignoreOrder: true);
    }

    private async Task Publish(Dictionary<string, byte[]> files)
    {
        var publication = new Publication(
            _services.GetRequiredService<IServiceScopeFactory>(), CatalogueLoader.Load(files), TimeProvider.System,
            NullLogger<Publication>.Instance);
        await publication.StartAsync(CancellationToken.None);
        publication.IsDone.ShouldBeTrue();
    }

    private async Task<List<string>> Published()
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CatalogueDbContext>().PublishedDefinitions
            .OrderBy(d => d.Code).ThenBy(d => d.Version).Select(d => d.Code + " " + d.Version).ToListAsync();
    }

    private static Dictionary<string, byte[]> Files()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Definitions");
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);
    }

    private static byte[] Change(byte[] file, string from, string to, bool last = false)
    {
        var text = System.Text.Encoding.UTF8.GetString(file);
        var at = last ? text.LastIndexOf(from, StringComparison.Ordinal) : text.IndexOf(from, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        return System.Text.Encoding.UTF8.GetBytes(text[..at] + to + text[(at + from.Length)..]);
    }
}
