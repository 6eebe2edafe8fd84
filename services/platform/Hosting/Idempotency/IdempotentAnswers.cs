using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Mpp.Hosting.Clock;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Idempotency;

/// <summary>
/// What an endpoint that changes something does for the header <c>Idempotency-Key</c>: it keeps its answer in the
/// transaction of the change, so that there is never one without the other. A repeat does not reach the endpoint.
/// </summary>
/// <param name="database">The service's own database.</param>
/// <param name="time">The clock.</param>
public sealed class IdempotentAnswers(DbContext database, TimeProvider time)
{
    private (string Client, string Key, byte[] Hash)? _asked;

    /// <summary>
    /// Keeps a success, if the request has a key: it is stored with the next <c>SaveChangesAsync</c>. A refusal is not
    /// kept: it has changed nothing, and may be otherwise next time.
    /// </summary>
    /// <param name="http">The request; headers that the answer needs are set already.</param>
    /// <param name="result">The answer.</param>
    /// <param name="about">The id of what the answer is about; when that is erased, so is the answer.</param>
    /// <returns>The answer to return.</returns>
    public IResult Keep(HttpContext http, IResult result, Guid? about = null)
    {
        if (_asked is not { } asked || StoredAnswer.Of(http, result) is not { } answer)
        {
            return result;
        }

        database.Add(new IdempotencyKeyRow
        {
            Client = asked.Client,
            KeyText = asked.Key,
            RequestHash = asked.Hash,
            About = about,
            Status = (short)answer.Status,
            Headers = JsonSerializer.Serialize(answer.Headers),
            Body = answer.Body,
            CreatedAt = time.Now(),
        });
        return answer;
    }

    internal void Begin(string client, string key, byte[] hash) => _asked = (client, key, hash);

    /// <summary>What was answered to the key before; <see langword="null"/> when nothing was.</summary>
    internal async Task<IResult?> EarlierAsync(CancellationToken cancellationToken)
    {
        var (client, key, hash) = _asked!.Value;
        if (await database.Set<IdempotencyKeyRow>().AsNoTracking().SingleOrDefaultAsync(
            row => row.Client == client && row.KeyText == key, cancellationToken) is not { } earlier)
        {
            return null;
        }

        if (!CryptographicOperations.FixedTimeEquals(earlier.RequestHash, hash))
        {
            return Problem.Of(ProblemCodes.IdempotencyKeyReused);
        }

        return earlier.Body is { } body
            ? new StoredAnswer(
                earlier.Status, JsonSerializer.Deserialize<Dictionary<string, string>>(earlier.Headers)!, body)
            { IsRepeat = true }
            : Problem.Of(ProblemCodes.AnswerErased, "It was done then, and is not done again.");
    }
}
