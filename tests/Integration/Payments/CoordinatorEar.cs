using System.Collections.Concurrent;
using MassTransit;
using Mpp.Contracts;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Mpp.Integration.Messaging;
using Mpp.Support;
using Shouldly;

namespace Mpp.Integration.Payments;

/// <summary>
/// Stands where the coordinator stands: fees, withdraws, and keeps what it hears, in order of arrival.
/// </summary>
internal sealed class CoordinatorEar : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<StepRef, ConcurrentQueue<object>> _heard = new();
    private readonly IBusControl _bus;

    private CoordinatorEar(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker);
        rabbit.SendAs("applications");
        rabbit.ReceiveEndpoint("applications", endpoint =>
        {
            Keep<FeeBilled>(endpoint, m => m.Step);
            Keep<FeePaid>(endpoint, m => m.Step);
            Keep<FeeLapsed>(endpoint, m => m.Step);
            Keep<FeeWithdrawn>(endpoint, m => m.Step);
            Keep<FeePaidBack>(endpoint, m => m.Step);
        });
    });

    public static async Task<CoordinatorEar> StartAsync(Uri broker)
    {
        var ear = new CoordinatorEar(broker);
        await ear._bus.StartAsync(new CancellationTokenSource(Limit).Token);
        return ear;
    }

    public static StepRef NewStep(string step = "skck", Guid? application = null) =>
        new(application ?? Guid.CreateVersion7(), step, 1);

    public static BillFee Fee(
        StepRef step, long amount = 30_000, DateTimeOffset? expiresAt = null, string region = "74.02",
        string payee = Payees.StateTreasury) => new()
        {
            Step = step,
            ApplicationNumber = ApplicationNumber.Parse("7402-261122-K7QX4M"),
            Region = RegionCode.Parse(region),
            AmountRupiah = amount,
            Purpose = $"PNBP {step.StepId}, PP 76/2020",
            Payee = payee,
            ExpiresAt = expiresAt ?? TimeProvider.System.GetUtcNow().AddDays(3),
        };

    public async Task SendAsync<T>(T message) where T : class =>
        await (await _bus.GetSendEndpoint(new Uri("exchange:payments"))).Send(message);

    /// <summary>Fees and waits for the bill.</summary>
    public async Task<FeeBilled> BillAsync(BillFee fee)
    {
        await SendAsync(fee);
        return (await HeardAsync(fee.Step, 1))[0].ShouldBeOfType<FeeBilled>();
    }

    /// <summary>Fees an application for the first time; the billing code.</summary>
    public async Task<string> NewBillAsync(
        long amount = 30_000, DateTimeOffset? expiresAt = null, string region = "74.02") =>
        (await BillAsync(Fee(NewStep(), amount, expiresAt, region))).BillingCode;

    /// <summary>Withdraws and waits for what is said to it.</summary>
    public async Task<object> WithdrawAsync(StepRef step)
    {
        var before = Heard(step).Count;
        await SendAsync(new WithdrawFee { Step = step });
        return (await HeardAsync(step, before + 1))[^1];
    }

    /// <summary>Waits for so many replies about a fee.</summary>
    public async Task<IReadOnlyList<object>> HeardAsync(StepRef step, int count)
    {
        await Wait.UntilAsync(() => Heard(step).Count >= count, Limit,
            () => $"{Heard(step).Count} of {count} replies about {step.StepId}.");
        return Heard(step);
    }

    public IReadOnlyList<object> Heard(StepRef step) => _heard.TryGetValue(step, out var heard) ? [.. heard] : [];

    public ValueTask DisposeAsync() => new(_bus.StopAsync());

    private void Keep<T>(IReceiveEndpointConfigurator endpoint, Func<T, StepRef> step) where T : class =>
        endpoint.Handler<T>(context =>
        {
            _heard.GetOrAdd(step(context.Message), _ => new()).Enqueue(context.Message);
            return Task.CompletedTask;
        });
}
