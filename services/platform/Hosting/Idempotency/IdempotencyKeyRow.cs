namespace Mpp.Hosting.Idempotency;

/// <summary>
/// A request that a client may repeat, with its answer, for seven days. Of the request only a digest is kept.
/// </summary>
public sealed class IdempotencyKeyRow
{
    internal const string Key = "pk_idempotency_keys";

    /// <summary>Whose key it is.</summary>
    public string Client { get; set; } = "";

    /// <summary>As the client made it.</summary>
    public string KeyText { get; set; } = "";

    /// <summary>SHA-256 of method, address and body.</summary>
    public byte[] RequestHash { get; set; } = [];

    /// <summary>The id of what the answer is about.</summary>
    public Guid? About { get; set; }

    /// <summary>The answer's HTTP status.</summary>
    public short Status { get; set; }

    /// <summary>The answer's own headers, a JSON object of texts.</summary>
    public string Headers { get; set; } = "{}";

    /// <summary>The answer's body; <see langword="null"/> when it has been erased with what it was about.</summary>
    public byte[]? Body { get; set; }

    /// <summary>When it was answered first.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
