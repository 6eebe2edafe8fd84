using System.Net;

namespace Mpp.Load.Measuring;

/// <summary>What was measured while applications were submitted at a rate, until the last one had ended.</summary>
internal sealed record Figures
{
    /// <summary>How many were submitted.</summary>
    public required int Submitted { get; init; }

    public required int Accepted { get; init; }

    public required int Completed { get; init; }

    /// <summary>While it was submitted.</summary>
    public required TimeSpan Submitting { get; init; }

    /// <summary>
    /// Until the last one ended, not only while submitting: a backlog must not make the figure look better.
    /// </summary>
    public required TimeSpan Span { get; init; }

    /// <summary>Milliseconds from due to answered.</summary>
    public required Percentiles Accept { get; init; }

    /// <summary>Milliseconds from submission to end.</summary>
    public required Percentiles Complete { get; init; }

    /// <summary>Milliseconds that the oldest message had waited.</summary>
    public required Percentiles OldestMessage { get; init; }

    public required long Messages { get; init; }

    public required long Commits { get; init; }

    public required long WalBytes { get; init; }

    /// <summary>Processor time by process, this one included.</summary>
    public required IReadOnlyDictionary<string, TimeSpan> Cpu { get; init; }

    /// <summary>How many applications are in which state.</summary>
    public required string States { get; init; }

    public required IReadOnlyDictionary<HttpStatusCode, int> Refused { get; init; }

    public required string? FirstRefusal { get; init; }

    public double AcceptedPerSecond => Accepted / Submitting.TotalSeconds;

    public double CompletedPerSecond => Completed / Span.TotalSeconds;

    public double MessagesPerSecond => Messages / Span.TotalSeconds;

    /// <summary>Something, for each completed application.</summary>
    public double PerApplication(double all) => all / Math.Max(1, Completed);
}
