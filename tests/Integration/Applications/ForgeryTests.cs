using System.Text;
using System.Text.Json;
using Mpp.Contracts.Steps;
using Mpp.Integration.Messaging;
using RabbitMQ.Client;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>What a program tries that has a user at the broker, and no part in the step: plain AMQP.</summary>
[Collection(CoordinatorTests.Name)]
public sealed class ForgeryTests(CoordinatorFixture fixture)
{
    private HttpClient Client => fixture.Client;

    private StubAgencies Agencies => fixture.Agencies;

    /// <summary>The same bytes from the agency that was asked complete the application.</summary>
    [Theory]
    [InlineData("police", true, true)]
    [InlineData("police", false, false)]
    [InlineData("health", true, false)]
    [InlineData("payments", true, false)]
    public async Task A_step_is_completed_by_its_own_agency_alone(string user, bool saysSo, bool counts)
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        var step = (await Agencies.AskedAsync(number, "only")).Step;
        var completed = new { step, outputs = new { }, documents = Array.Empty<object>() };

        await SendAsync(user, saysSo, "Mpp.Contracts.Steps:StepCompleted", completed);

        if (!counts)
        {
            await AwaitPutAsideAsync(step);
            (await KindsAsync(number)).ShouldBe(["application-submitted", "step-requested"]);
            await Agencies.CompleteAsync(number, "only");
        }

        await Client.UntilAsync(number, "completed");
    }

    /// <summary>The step's own agency says what its published standard has not.</summary>
    [Fact]
    public async Task Nonsense_of_its_own_agency_is_shown_to_nobody_and_goes_back_with_the_reasons()
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        var step = (await Agencies.AskedAsync(number, "only")).Step;
        var nonsense = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["7402014107900001"] = true,
            ["level"] = "king",
        };

        await SendAsync("police", saysSo: true, "Mpp.Contracts.Steps:StepCompleted", new
        {
            step,
            outputs = nonsense,
            documents = new object?[]
            {
                new { kind = "paper", number = " ", validFrom = "2026-11-22", validUntil = "2026-01-01" },
                new { kind = "crown", number = "1", validFrom = "0001-01-01" },
                null,
            },
        });
        await SendAsync("police", saysSo: true, "Mpp.Contracts.Steps:StepRefused", new
        {
            step,
            reasons = new[]
            {
                new { requirement = "no-face", text = new { id = "NIK 7402014107900001", en = "" }, pointer = "/x" },
            },
        });
        await SendAsync("police", saysSo: true, "Mpp.Contracts.Steps:FeeRequested", new
        {
            step,
            amountRupiah = 31_000,
            purpose = "PNBP",
            payee = "My Pocket",
            expiresAt = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero),
        });

        await Eventually.BeAsync(() => Task.FromResult(Agencies.Rejected.Count(r => r.Step == step)), 3);
        Faults("step-completed").ShouldBe(
        [
            "/outputs unknown-field", "/outputs/level unknown-value", "/documents/0/number looks-empty",
            "/documents/0/validUntil invalid-date", "/documents/1/kind unknown-value",
            "/documents/1/validFrom out-of-range", "/documents/2 null",
        ], ignoreOrder: true);
        Faults("step-refused").ShouldBe(
        [
            "/reasons/0/text/id personal-data", "/reasons/0/text/en looks-empty",
            "/reasons/0/requirement unknown-value", "/reasons/0/pointer unknown-value",
        ], ignoreOrder: true);
        Faults("fee-requested").ShouldBe(
            ["/payee invalid-format", "/amountRupiah unknown-value", "/expiresAt out-of-range"], ignoreOrder: true);
        var seen = await Client.ApplicationAsync(number);
        seen.Step("only").GetProperty("status").GetString().ShouldBe("requested");
        seen.GetProperty("nextToAct")[0].GetProperty("party").GetString().ShouldBe("operator");
        var told = seen.ToString() + string.Concat(await Client.TimelineAsync(number));
        foreach (var hidden in (string[])["king", "crown", "7402014107900001", "no-face", "My Pocket"])
        {
            told.ShouldNotContain(hidden);
        }

        await Agencies.CompleteAsync(number, "only");
        await Client.UntilAsync(number, "completed");

        IEnumerable<string> Faults(string reply) => Agencies.Rejected
            .Single(r => r.Step == step && r.Reply == reply).Faults.Select(f => $"{f.Pointer} {f.Code}");
    }

    [Theory]
    [InlineData("police")]
    [InlineData("health")]
    public async Task Nobody_but_the_payments_says_that_a_fee_is_paid(string user)
    {
        var number = await Client.SubmitAsync(Submissions.Test("one-step"));
        var step = (await Agencies.AskedAsync(number, "only")).Step;
        await Agencies.ReplyAsync(new FeeRequested
        {
            Step = step,
            AmountRupiah = 30_000,
            Purpose = "PNBP",
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(3)
        });
        await StubAgencies.HeardAsync(Agencies.Fees, fee => fee.Step == step);

        await SendAsync(user, saysSo: true, "Mpp.Contracts.Payments:FeePaid", new
        {
            step,
            billingCode = "820261122000017",
            amountRupiah = 30_000,
            paidAt = TimeProvider.System.GetUtcNow(),
        });

        await AwaitPutAsideAsync(step);
        (await Client.ApplicationAsync(number)).Step("only").GetProperty("status").GetString()
            .ShouldBe("awaiting-payment");
        Agencies.Paid.ShouldNotContain(paid => paid.Step == step);
    }

    private async Task<List<string?>> KindsAsync(string number) =>
        [.. (await Client.TimelineAsync(number)).Select(entry => entry.GetProperty("kind").GetString())];

    private async Task SendAsync(string user, bool saysSo, string type, object message)
    {
        var factory = new ConnectionFactory { Uri = fixture.BrokerUri(user) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var id = Guid.NewGuid();
        var envelope = new { messageId = id, messageType = new[] { "urn:message:" + type }, message };
        var properties = new BasicProperties
        {
            MessageId = id.ToString(),
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
        };
        if (saysSo)
        {
            properties.UserId = user;
        }

        await channel.BasicPublishAsync("applications", "", mandatory: true, properties,
            JsonSerializer.SerializeToUtf8Bytes(envelope, JsonSerializerOptions.Web));
    }

    private async Task AwaitPutAsideAsync(StepRef step)
    {
        await using var broker = await Broker.ConnectAsync(fixture.BrokerUri());
        await Eventually.BeAsync(async () => await broker.TakeAsync("applications_error") is { } failed
            && Encoding.UTF8.GetString(failed.Body.Span)
                .Contains(step.ApplicationId.ToString(), StringComparison.Ordinal), true);
    }
}
