using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mpp.Local;

/// <summary>A bank of the sandbox: it asks what is due for a billing code and settles it, through the gateway as a real one would.</summary>
/// <param name="gateway">A client of the gateway with a token of <see cref="Client"/>: <c>mall.ClientAsync(SandboxBank.Client)</c>.</param>
/// <param name="clock">The bank's own clock.</param>
public sealed class SandboxBank(HttpClient gateway, TimeProvider clock)
{
    /// <summary>The bank's client id at the sandbox issuer.</summary>
    public const string Client = "sandbox-bank";

    /// <summary>What is due; <see langword="null"/> when there is no such bill, or none yet.</summary>
    /// <param name="billingCode">15 digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SandboxBill?> InquireAsync(string billingCode, CancellationToken cancellationToken = default)
    {
        using var answer = await gateway.GetAsync(new Uri($"/v1/payments/{billingCode}", UriKind.Relative), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<SandboxBill>(JsonSerializerOptions.Web, cancellationToken);
    }

    /// <summary>Settles a bill. The answer is the gateway's, refusals included; dispose it.</summary>
    /// <param name="billingCode">15 digits.</param>
    /// <param name="amountRupiah">What the bank has taken.</param>
    /// <param name="paidAt">When it has taken it.</param>
    /// <param name="reference">The bank's own reference; the same once more is the same settlement.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<HttpResponseMessage> SettleAsync(string billingCode, long amountRupiah, DateTimeOffset paidAt, string reference, CancellationToken cancellationToken = default) =>
        gateway.PostAsJsonAsync(
            new Uri($"/v1/payments/{billingCode}/settlements", UriKind.Relative),
            new { amountRupiah, reference, paidAt = paidAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture) },
            JsonSerializerOptions.Web,
            cancellationToken);

    /// <summary>Inquires and settles what is due.</summary>
    /// <param name="billingCode">15 digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was paid, in whole rupiah.</returns>
    /// <exception cref="LocalException">There is no such bill, or it cannot be paid.</exception>
    public async Task<long> PayAsync(string billingCode, CancellationToken cancellationToken = default)
    {
        var bill = await InquireAsync(billingCode, cancellationToken) ?? throw new LocalException($"There is no bill {billingCode}.");
        // The mall's clock can be moved forward; the bank's is not, and then the bill was made in its future.
        var now = clock.GetUtcNow();
        using var answer = await SettleAsync(billingCode, bill.AmountRupiah, now < bill.CreatedAt ? bill.CreatedAt : now, $"SANDBOX-{Guid.CreateVersion7(now):N}", cancellationToken);
        return answer.IsSuccessStatusCode
            ? bill.AmountRupiah
            : throw new LocalException($"The bill {billingCode} cannot be paid: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}

/// <summary>A bill as a bank sees it.</summary>
/// <param name="BillingCode">15 digits.</param>
/// <param name="State"><c>open</c>, <c>settled</c>, <c>lapsed</c> or <c>withdrawn</c>.</param>
/// <param name="AmountRupiah">In whole rupiah.</param>
/// <param name="ExpiresAt">Until when it can be paid.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Lines">What it is for.</param>
public sealed record SandboxBill(
    string BillingCode, string State, long AmountRupiah, DateTimeOffset ExpiresAt, DateTimeOffset CreatedAt, IReadOnlyList<SandboxBillLine> Lines);

/// <summary>A line of a bill.</summary>
/// <param name="Purpose">What the fee is for.</param>
/// <param name="AmountRupiah">In whole rupiah.</param>
/// <param name="State">As the bill's.</param>
public sealed record SandboxBillLine(string Purpose, long AmountRupiah, string State);
