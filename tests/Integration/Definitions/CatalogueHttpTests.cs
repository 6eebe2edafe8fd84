using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Mpp.Catalogue.Publishing;
using Mpp.Contracts.Packages;
using Mpp.Hosting.Json;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Definitions;

/// <summary>The catalogue's Program over HTTP, with a database of its own.</summary>
public sealed class CatalogueHttpTests(ServersFixture fixture)
    : IClassFixture<ServersFixture>, IAsyncLifetime, IDisposable
{
    private Host _host = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = new Host(await fixture.CreateDatabaseAsync("catalogue"));
        _client = _host.CreateClient();
        await Wait.UntilAsync(async () => (await _client.GetAsync("/health/ready")).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60), "the catalogue is not ready");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _client.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task A_reader_without_token_gets_the_packages_in_its_language_and_may_keep_them()
    {
        var answer = await Get("/v1/packages", "en-GB, id;q=0.5");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentLanguage.ShouldBe(["en"]);
        answer.Headers.Vary.ShouldBe(["Accept-Language"]);
        answer.Headers.CacheControl.ShouldBe(
            new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromMinutes(5) });
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Birth of a child");
    }

    [Fact]
    public async Task A_reader_that_has_the_answer_already_is_told_so_per_language()
    {
        var indonesian = (await Get("/v1/packages/birth", "id")).Headers.ETag;

        (await Get("/v1/packages/birth", "id", indonesian)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await Get("/v1/packages/birth", "en", indonesian)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/v1/services")]
    [InlineData("/v1/agencies")]
    public async Task Services_and_agencies_are_public(string path)
    {
        (await Get(path, "id")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        (await _client.SendAsync(head)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_package_is_a_problem()
    {
        var answer = await Get("/v1/packages/marriage", "id");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("type").GetString().ShouldBe("urn:mpp:problem:unknown-package");
    }

    [Fact]
    public async Task The_coordinator_gets_every_definition_and_asks_again_for_little()
    {
        var answer = await Get("/internal/packages", "en");

        (await answer.Content.ReadFromJsonAsync<PublishedCatalogue>(MppJson.Options))!.Packages.Count.ShouldBe(13);
        (await Get("/internal/packages", "en", answer.Headers.ETag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private Task<HttpResponseMessage> Get(string path, string language, EntityTagHeaderValue? known = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return _client.SendAsync(request);
    }

    private sealed class Host(string database) : WebApplicationFactory<Publication>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseEnvironment("Sandbox")
            .UseSetting("ConnectionStrings:Database", database)
            .UseSetting("Database:MigrateAtStart", "true")
            .UseSetting("Auth:Authority", "http://issuer.test");
    }
}
