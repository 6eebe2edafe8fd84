using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mpp.Identity.Data;
using Mpp.Identity.Keys;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Identity;

public sealed class KeyTests : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();
    private readonly MovedClock _clock = new();
    private IdentityHost _one = null!;
    private IdentityHost _two = null!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        var database = await _servers.CreateDatabaseAsync("identity");
        var copies = await Task.WhenAll(
            IdentityHost.StartAsync(database, clock: _clock), IdentityHost.StartAsync(database, clock: _clock));
        (_one, _two) = (copies[0], copies[1]);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task A_new_key_is_published_before_it_signs_and_an_old_one_until_its_tokens_are_over()
    {
        var first = (await PublishedAsync(_one)).ShouldHaveSingleItem();
        (await PublishedAsync(_two)).ShouldBe([first], "both copies made one key");
        (await SignerAsync(_one), await SignerAsync(_two)).ShouldBe((first, first));

        await MoveAsync(KeySchedule.Turn - KeySchedule.Ahead);
        var both = await PublishedAsync(_one);
        (await PublishedAsync(_two)).ShouldBe(both);
        both.Count.ShouldBe(2);
        (await SignerAsync(_one), await SignerAsync(_two)).ShouldBe((first, first));

        await MoveAsync(KeySchedule.Ahead);
        var second = both.Single(key => key != first);
        (await SignerAsync(_one), await SignerAsync(_two)).ShouldBe((second, second));
        (await PublishedAsync(_one)).ShouldBe([second, first]);

        await MoveAsync(KeySchedule.Behind);
        (await PublishedAsync(_one)).ShouldBe([second]);
        (await PublishedAsync(_two)).ShouldBe([second]);
    }

    [Fact]
    public async Task The_private_part_is_sealed()
    {
        var stored = await _one.ScalarAsync<byte[]>("SELECT private_key FROM signing_keys");

        Should.Throw<System.Security.Cryptography.CryptographicException>(() => SigningKey.Read(
            "x", TimeProvider.System.GetUtcNow(), stored));
        var lines = await StartTests.StartAsync("Sandbox", ("Auth__Authority", $"{IdentityHost.Origin}/identity"),
            ("ConnectionStrings__Database", _one.ConnectionString),
            ("Identity__KeySecret", "another-secret-for-tests-of-32-letters"));
        lines.ShouldHaveSingleItem().ShouldContain("cannot be read with Identity:KeySecret");
    }

    [Fact]
    public async Task A_client_that_is_taken_out_gets_no_more_tokens_and_a_changed_secret_counts()
    {
        await _one.ExecuteAsync(
            "INSERT INTO clients (id, client_id, client_type) VALUES ('1', 'of-yesterday', 'confidential')");
        (await AskAsync(_one, IdentityHost.Secret)).ShouldBeGood();
        await using var changed = await IdentityHost.StartAsync(
            _one.ConnectionString, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Identity:Clients:portal:Secret"] = "another-secret-of-a-client",
            }, _clock);

        (await AskAsync(changed, "another-secret-of-a-client")).ShouldBeGood();
        (await AskAsync(changed, IdentityHost.Secret)).Text("error").ShouldBe("invalid_client");
        (await _one.ScalarAsync<long>("SELECT count(*) FROM clients WHERE client_id = 'of-yesterday'")).ShouldBe(0);
    }

    [Fact]
    public void The_migration_is_what_the_model_says()
    {
        using var scope = _one.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IdentityDbContext>().Database.HasPendingModelChanges()
            .ShouldBeFalse();
    }

    private static Task<TokenReply> AskAsync(IdentityHost host, string secret) => TokenReply.AskAsync(host,
        ("grant_type", "client_credentials"), ("client_id", "portal"), ("client_secret", secret));

    private async Task MoveAsync(TimeSpan by)
    {
        _clock.Move(by);
        await Task.WhenAll(new[] { _one, _two }.Select(
            copy => copy.Services.GetRequiredService<KeyRotation>().RunAsync(CancellationToken.None)));
        // The one that made no key sees it with its next look.
        await Task.WhenAll(new[] { _one, _two }.Select(
            copy => copy.Services.GetRequiredService<KeyRotation>().RunAsync(CancellationToken.None)));
    }

    private static async Task<List<string?>> PublishedAsync(IdentityHost host)
    {
        using var keys = await host.Client.GetAsync("/identity/jwks");
        return [.. JsonElement.Parse(await keys.Content.ReadAsStringAsync()).GetProperty("keys").EnumerateArray()
            .Select(key => key.GetProperty("kid").GetString())];
    }

    private static async Task<string> SignerAsync(IdentityHost host) =>
        (await AskAsync(host, IdentityHost.Secret)).ShouldBeGood().Access.Kid;
}
