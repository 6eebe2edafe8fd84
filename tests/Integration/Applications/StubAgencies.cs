using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using Mpp.Applications.Coordination;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Mpp.Integration.Messaging;
using Mpp.Support;

namespace Mpp.Integration.Applications;

/// <summary>The agencies' queues: they keep what they are asked, and answer when the test says so.</summary>
internal sealed class StubAgencies : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly IBusControl _bus;

    private StubAgencies(Uri broker, bool withPayments) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        var user = broker.UserInfo.Split(':');
        rabbit.Host(broker.Host, (ushort)broker.Port, Uri.UnescapeDataString(broker.AbsolutePath.Trim('/')), host =>
        {
            host.Username(Uri.UnescapeDataString(user[0]));
            host.Password(Uri.UnescapeDataString(user[1]));
        });
        foreach (var agency in (string[])["civil-registry", "police", "bpjs", "health", "licensing"])
        {
            rabbit.ReceiveEndpoint(agency, endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.Handler<StepRequest>(context => Keep(Asked, context.Message));
                endpoint.Handler<CancelStep>(context => Keep(Cancellations, context.Message));
                endpoint.Handler<ReplyRejected>(context => Keep(Rejected, context.Message));
                endpoint.Handler<EraseStep>(context => Keep(Erasures, context.Message));
                endpoint.Handler<FeePaid>(context => Keep(Paid, context.Message));
                endpoint.Handler<StepDeemedGranted>(context => Keep(Bound, context.Message));
                endpoint.Handler<StepDeadlineExtended>(context => Keep(Extended, context.Message));
            });
        }

        if (withPayments)
        {
            rabbit.ReceiveEndpoint("payments", endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.Handler<BillFee>(context => Keep(Fees, context.Message));
                endpoint.Handler<WithdrawFee>(context => Keep(Withdrawn, context.Message));
            });
        }

        // The police answer; the others have taken the question and never do.
        rabbit.ReceiveEndpoint("police-prechecks",
            endpoint => endpoint.Handler<CheckPreconditions>(async context =>
            {
                var asker = context.GetPayload<RabbitMqBasicConsumeContext>().Properties.ReplyTo;
                var answers = await context.GetSendEndpoint(new Uri($"exchange:{asker}?temporary=true"));
                await answers.Send(
                    new PreconditionsChecked
                    {
                        Preconditions = [new Precondition("no-open-record", PreconditionStatus.Missing,
                            new("Selesaikan perkara.", "Have the case closed."), "/text")],
                    },
                    answer =>
                    {
                        answer.RequestId = context.RequestId;
                        answer.As("police");
                    });
            }));
        foreach (var silent in (string[])["civil-registry", "bpjs", "health", "licensing"])
        {
            rabbit.ReceiveEndpoint($"{silent}-prechecks", endpoint => endpoint.Handler<CheckPreconditions>(
                context => Task.Delay(TimeSpan.FromSeconds(5), context.CancellationToken)));
        }

        rabbit.ReceiveEndpoint("watcher", endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.Bind("application-changed");
            endpoint.Handler<ApplicationChanged>(context =>
            {
                Changes.Enqueue(context.Message);
                return Task.CompletedTask;
            });
        });
    });

    public ConcurrentQueue<StepRequest> Asked { get; } = new();

    public ConcurrentQueue<CancelStep> Cancellations { get; } = new();

    public ConcurrentQueue<EraseStep> Erasures { get; } = new();

    public ConcurrentQueue<ReplyRejected> Rejected { get; } = new();

    public ConcurrentQueue<FeePaid> Paid { get; } = new();

    public ConcurrentQueue<StepDeemedGranted> Bound { get; } = new();

    public ConcurrentQueue<StepDeadlineExtended> Extended { get; } = new();

    public ConcurrentQueue<BillFee> Fees { get; } = new();

    public ConcurrentQueue<WithdrawFee> Withdrawn { get; } = new();

    public ConcurrentQueue<ApplicationChanged> Changes { get; } = new();

    public static async Task<StubAgencies> StartAsync(Uri broker, bool withPayments = true)
    {
        var agencies = new StubAgencies(broker, withPayments);
        await agencies._bus.StartAsync();
        return agencies;
    }

    /// <summary>Waits for the coordinator's request.</summary>
    public async Task<StepRequest> AskedAsync(string number, string step)
    {
        await Wait.UntilAsync(() => Find(number, step) is not null, Limit, () =>
        {
            var asked = Asked.Where(a => a.ApplicationNumber.Value == number).Select(a => a.Step.StepId);
            return $"step {step} was not asked for; asked were {string.Join(", ", asked)}.";
        });
        return Find(number, step)!;
    }

    /// <summary>What the agency's standard says, with a paper where it issues any.</summary>
    public async Task CompleteAsync(string number, string step, object? outputs = null, Guid? messageId = null)
    {
        var asked = await AskedAsync(number, step);
        await ReplyAsync(new StepCompleted
        {
            Step = asked.Step,
            Outputs = JsonSerializer.SerializeToElement(outputs ?? new { }),
            Documents =
            [
                .. StubCatalogue.DocumentsOf(asked.Service)
                    .Select(kind => new IssuedDocument(kind, $"{step}-1", new DateOnly(2026, 11, 22), null)),
            ],
        }, messageId);
    }

    public async Task RefuseAsync(string number, string step)
    {
        var asked = await AskedAsync(number, step);
        await ReplyAsync(new StepRefused
        {
            Step = asked.Step,
            Reasons = [new StepReason(
                StubCatalogue.RequirementOf(asked.Service), new("Ada catatan.", "There is a record."))]
        });
    }

    /// <summary>Sends as the agency that was asked, as payments, or as whoever is named.</summary>
    public async Task ReplyAsync<T>(T reply, Guid? messageId = null, string? sender = null) where T : class
    {
        sender ??= reply switch
        {
            FeeBilled or FeePaid or FeeLapsed or FeeWithdrawn or FeePaidBack => "payments",
            ApplicationAlarm => "applications",
            _ => AgencyOf((StepRef)typeof(T).GetProperty("Step")!.GetValue(reply)!),
        };
        var endpoint = await _bus.GetSendEndpoint(new Uri("exchange:applications"));
        await endpoint.Send(reply, context =>
        {
            context.MessageId = messageId ?? context.MessageId;
            context.As(sender);
        });
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync();

    /// <summary>Waits for a message about a step.</summary>
    public static async Task<T> HeardAsync<T>(ConcurrentQueue<T> heard, Func<T, bool> wanted) where T : class
    {
        await Wait.UntilAsync(() => heard.Any(wanted), Limit,
            () => $"no {typeof(T).Name} came that was waited for, but {string.Join(", ", heard)}.");
        return heard.First(wanted);
    }

    private static Task Keep<T>(ConcurrentQueue<T> heard, T message)
    {
        heard.Enqueue(message);
        return Task.CompletedTask;
    }

    private string AgencyOf(StepRef step) =>
        Asked.FirstOrDefault(asked => asked.Step == step)?.Service.Split('/')[0] ?? "police";

    private StepRequest? Find(string number, string step) =>
        Asked.FirstOrDefault(a => a.ApplicationNumber.Value == number && a.Step.StepId == step);
}
