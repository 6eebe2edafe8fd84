using System.Net;
using System.Net.Http.Json;

namespace Mpp.Local;

/// <summary>
/// A bank of the sandbox: it asks what is due for a billing code and pays it, through the gateway as a real one would.
/// </summary>
/// <param name="gateway">A client of the gateway with a token
/// of <see cref="Client"/>: <c>mall.ClientAsync(SandboxBank.Client)</c>.</param>
/// <param name="time">The bank's own clock.</param>
public sealed class SandboxBank(HttpClient gateway, TimeProvider time)
{
    /// <summary>The bank's client id at the sandbox issuer.</summary>
    public const string Client = "sandbox-bank";

    /// <summary>What is due; <see langword="null"/> when there is no such bill, or none yet.</summary>
    /// <param name="billingCode">15 digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SandboxBill?> InquireAsync(string billingCode, CancellationToken cancellationToken = default)
    {
        using var answer = await gateway.GetAsync(
            new Uri($"/v1/bills/{billingCode}", UriKind.Relative), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<SandboxBill>(JsonSerializerOptions.Web, cancellationToken);
    }

    /// <summary>Pays a bill. The answer is the gateway's, refusals included; dispose it.</summary>
    /// <param name="billingCode">15 digits.</param>
    /// <param name="amountRupiah">What the bank has taken.</param>
    /// <param name="paidAt">When it has taken it.</param>
    /// <param name="reference">The bank's own reference; a repeated reference is the same payment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<HttpResponseMessage> PayAsync(
        string billingCode, long amountRupiah, DateTimeOffset paidAt, string reference,
        CancellationToken cancellationToken = default) =>
        gateway.PostAsJsonAsync(
            new Uri($"/v1/bills/{billingCode}/payments", UriKind.Relative),
            new
            {
                amountRupiah,
                reference,
                paidAt = paidAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture)
            },
            JsonSerializerOptions.Web,
            cancellationToken);

    /// <summary>Asks what is due and pays it.</summary>
    /// <param name="billingCode">15 digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was paid, in whole rupiah.</returns>
    /// <exception cref="LocalException">There is no such bill, or it cannot be paid.</exception>
    public async Task<long> PayAsync(string billingCode, CancellationToken cancellationToken = default)
    {
        var bill = await InquireAsync(billingCode, cancellationToken)
            ?? throw new LocalException($"There is no bill {billingCode}.");
        // The mall's clock can be moved forward, but the bank's is not: then the bill was made in the bank's future.
        var now = time.GetUtcNow();
        using var answer = await PayAsync(billingCode, bill.AmountRupiah, now < bill.CreatedAt ? bill.CreatedAt : now,
            $"SANDBOX-{Guid.CreateVersion7(now):N}", cancellationToken);
        return answer.IsSuccessStatusCode
            ? bill.AmountRupiah
            : throw new LocalException($"The bill {billingCode} cannot be paid: "
                + $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}

/// <summary>A bill as a bank sees it.</summary>
/// <param name="BillingCode">15 digits.</param>
/// <param name="State"><c>open</c>, <c>paid</c>, <c>lapsed</c> or <c>withdrawn</c>.</param>
/// <param name="AmountRupiah">In whole rupiah.</param>
/// <param name="ExpiresAt">Until when it can be paid.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Lines">What it is for.</param>
public sealed record SandboxBill(
    string BillingCode, string State, long AmountRupiah, DateTimeOffset ExpiresAt, DateTimeOffset CreatedAt,
    IReadOnlyList<SandboxBillLine> Lines);

/// <summary>A line of a bill.</summary>
/// <param name="Purpose">What the fee is for.</param>
/// <param name="AmountRupiah">In whole rupiah.</param>
/// <param name="State">As the bill's.</param>
public sealed record SandboxBillLine(string Purpose, long AmountRupiah, string State);
