using System.ComponentModel.DataAnnotations;
using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace Mpp.Messaging;

/// <summary>
/// Limits and times of a service's messaging; configuration section <c>Messaging</c>. Checked at start.
/// </summary>
public sealed class MessagingOptions
{
    internal const string Section = "Messaging";

    /// <summary>
    /// Unacknowledged deliveries that the broker hands to one queue's consumer. 1–1000; default 64: consumers wait for
    /// the database.
    /// </summary>
    [Range(1, 1000)]
    public int Prefetch { get; set; } = 64;

    /// <summary>
    /// Deliveries of one queue in work at once, each with its own connection and transaction. 1–512; default 16.
    /// </summary>
    [Range(1, 512)]
    public int ConcurrentMessages { get; set; } = 16;

    /// <summary>
    /// Deliveries of a queue that are consumed in one transaction, where the queue allows it
    /// (<see cref="BatchPreparation{TKey, TValue}"/>). 1–250; default 32.
    /// </summary>
    [Range(1, 250)]
    public int BatchMessages { get; set; } = 32;

    /// <summary>
    /// How long other messages wait for a slow one, in its batch or behind it. After that they are consumed one by one.
    /// 10 ms – 1 min; default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan BatchPatience { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Deliveries of one message (the process died, or the channel was lost) before the broker moves it to
    /// <c>&lt;queue&gt;_error</c>. 1–1000; default 20.
    /// </summary>
    [Range(1, 1000)]
    public int DeliveryLimit { get; set; } = 20;

    /// <summary>
    /// Waits before the repeats of a failed handler, each repeat in a fresh scope; then the message goes to
    /// <c>&lt;queue&gt;_error</c>.
    /// </summary>
    public IList<TimeSpan> RetryDelays { get; } = [];

    internal static readonly TimeSpan[] DefaultRetryDelays =
        [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(3)];

    /// <summary>Outbox rows that the relay takes in one transaction. 1–5000; default 500.</summary>
    [Range(1, 5000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>
    /// How often the relay looks without being woken (another process's rows, a lost wake-up). 50 ms – 60 s; default
    /// 0.5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The least time between two claims while batches are not full: under load it gathers rows, so that a claim, a
    /// confirm and a commit serve many; an idle relay does not wait. 0–1 s; default 25 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MinimumClaimInterval { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>How long the broker may take to confirm before a row counts as failed. 1–300 s; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Attempts before a row goes to <c>outbox_dead</c>. 1–100; default 10: with the delays below some eight minutes.
    /// </summary>
    [Range(1, 100)]
    public int MaximumAttempts { get; set; } = 10;

    /// <summary>Wait after a row's first failure; doubles with each. 10 ms – 1 h; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between two attempts of a failed row. 10 ms – 1 day; default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often due timers and due repeats of failed rows are looked for. 50 ms – 60 s; default 0.5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan TimerInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a consumed message's id is kept to recognise duplicates. 1 hour – 90 days; default 10 days.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(10);

    /// <summary>How often old inbox rows are removed. 1 s – 1 day; default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan InboxCleanupInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How often the gauges (oldest row, pending, dead) are read from the database. 1–300 s; default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan MonitorInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often the process says that it lives, and how its messages stand. 1–60 s; default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Connections of the relay, the timers and the clean-up to PostgreSQL, apart from the service's own pool. 2–100;
    /// default 5.
    /// </summary>
    [Range(2, 100)]
    public int MaximumConnections { get; set; } = 5;
}

internal sealed class MessagingOptionsValidator : IValidateOptions<MessagingOptions>
{
    public ValidateOptionsResult Validate(string? name, MessagingOptions options)
    {
        var failures = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true)
            && options.FirstRetryDelay <= options.LongestRetryDelay)
        {
            return ValidateOptionsResult.Success;
        }

        if (options.FirstRetryDelay > options.LongestRetryDelay)
        {
            failures.Add(new ValidationResult("FirstRetryDelay is longer than LongestRetryDelay."));
        }

        return ValidateOptionsResult.Fail(
            failures.Select(f => $"{MessagingOptions.Section}:{string.Join(',', f.MemberNames)}: {f.ErrorMessage}"));
    }
}
