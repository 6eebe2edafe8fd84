using System.Net;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Identity;

/// <summary>Whoever guesses passwords or secrets is slowed down, and learns nothing.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();
    private IdentityHost _identity = null!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _identity = await IdentityHost.StartAsync(
            await _servers.CreateDatabaseAsync("identity"), new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Identity:Limits:RefusalsOfAddress"] = "12",
                ["Identity:Limits:ClientAMinute"] = "10",
            });
    }

    public Task DisposeAsync() => _identity.DisposeAsync().AsTask();

    [Fact]
    public async Task Five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour()
    {
        foreach (var turn in Enumerable.Range(0, 5))
        {
            (await TryAsync("locked.7402", $"wrong password {turn}")).Status
                .ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        (await TryAsync("locked.7402", IdentityHost.Password)).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity, "it is locked");
        (await TryAsync("operator.7402", IdentityHost.Password)).Status
            .ShouldBe(HttpStatusCode.SeeOther, "another one is not");
        _identity.Clock.Move(TimeSpan.FromMinutes(14));
        (await TryAsync("locked.7402", IdentityHost.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        _identity.Clock.Move(TimeSpan.FromMinutes(2));
        (await TryAsync("locked.7402", IdentityHost.Password)).Status.ShouldBe(HttpStatusCode.SeeOther);

        (await CountAsync("sign-in-refused"), await CountAsync("account-locked"), await CountAsync("locked-out"))
            .ShouldBe((4L, 1L, 2L));
    }

    [Fact]
    public async Task The_right_password_forgets_the_wrong_ones()
    {
        foreach (var turn in Enumerable.Range(0, 3))
        {
            await TryAsync("hasty.7402", "wrong", address: $"192.0.2.{turn}");
            await TryAsync("hasty.7402", "wrong", address: $"192.0.2.{turn}");
            (await TryAsync("hasty.7402", IdentityHost.Password, address: $"192.0.2.{turn}")).Status
                .ShouldBe(HttpStatusCode.SeeOther);
        }
    }

    [Fact]
    public async Task Guesses_at_the_same_time_are_no_more_than_five()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(
            turn => TryAsync("locked.7402", $"wrong {turn}", address: $"192.0.2.{turn}")));

        (await TryAsync("locked.7402", IdentityHost.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CountAsync("sign-in-refused") + await CountAsync("account-locked")).ShouldBe(5);
    }

    [Fact]
    public async Task An_account_that_is_there_and_one_that_is_not_are_answered_alike()
    {
        var known = await TryAsync("operator.7402", "wrong");
        var unknown = await TryAsync("nobody.7402", "wrong");
        foreach (var turn in Enumerable.Range(0, 5))
        {
            await TryAsync("locked.7402", $"wrong {turn}", address: "198.51.100.7");
        }

        var locked = await TryAsync("locked.7402", "wrong", address: "198.51.100.7");
        (unknown.Status, unknown.Text).ShouldBe((known.Status, known.Text));
        (locked.Status, locked.Text).ShouldBe((known.Status, known.Text));
    }

    [Fact]
    public async Task An_address_that_fails_too_often_waits_and_another_does_not()
    {
        foreach (var turn in Enumerable.Range(0, 12))
        {
            (await TryAsync($"guess-{turn}", "wrong", address: "203.0.113.9")).Status
                .ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        using var page = await new Browser(_identity, "203.0.113.9").SignInAsync("operator.7402");
        page.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        page.Headers.RetryAfter?.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        (await TryAsync("operator.7402", IdentityHost.Password, "203.0.113.10")).Status
            .ShouldBe(HttpStatusCode.SeeOther);
        _identity.Clock.Move(TimeSpan.FromMinutes(16));
        (await TryAsync("operator.7402", IdentityHost.Password, "203.0.113.9")).Status
            .ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_client_that_asks_for_tokens_too_often_waits_and_another_does_not()
    {
        var answers = new List<HttpResponseMessage>();
        for (var turn = 0; turn < 15; turn++)
        {
            answers.Add(await AskAsync("portal"));
        }

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBeInRange(10, 12);
        var refused = answers[^1];
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter?.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        using var other = await AskAsync("signing");
        other.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answers.ForEach(answer => answer.Dispose());
    }

    private async Task<HttpResponseMessage> AskAsync(string client)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"),
            new("client_id", client), new("client_secret", "guess")]);
        return await _identity.Client.PostAsync("/identity/token", form);
    }

    private Task<long> CountAsync(string kind) => _identity.ScalarAsync<long>(
        "SELECT count(*) FROM sign_in_events WHERE kind = $1 AND account_id IS NOT NULL", kind);

    private async Task<(HttpStatusCode Status, string Text)> TryAsync(
        string name, string password, string address = "192.0.2.99")
    {
        using var answer = await new Browser(_identity, address).SignInAsync(name, password);
        var text = await answer.Content.ReadAsStringAsync();
        // The field that differs on every page.
        return (answer.StatusCode, text[..Math.Max(0, text.IndexOf("name=\"form\"", StringComparison.Ordinal))]);
    }
}
