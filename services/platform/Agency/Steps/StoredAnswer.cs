namespace Mpp.Agency.Steps;

/// <summary>An answer as it is stored and sent: one message of the step protocol.</summary>
internal sealed record StoredAnswer(StepState State, string Kind, string Json, DateTimeOffset At)
{
    private const string Coordinator = "applications";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The message that says <paramref name="answer"/>.</summary>
    /// <param name="step">The work.</param>
    /// <param name="answer">What the service says.</param>
    /// <param name="at">When it was decided.</param>
    /// <exception cref="ArgumentException">The answer says nothing: no reason, no fee, or outputs that are
    /// not an object.</exception>
    public static (StoredAnswer Stored, object Message) Of(StepRef step, StepAnswer answer, DateTimeOffset at) =>
        answer switch
        {
            StepAnswer.Completed a => Pair(StepState.Completed, "step-completed", at, new StepCompleted
            {
                Step = step,
                Outputs = Object(a.Outputs),
                Documents = a.Documents,
                DecidedAt = at
            }),
            StepAnswer.Accepted a => Pair(StepState.InHand, "step-accepted", at, new StepAccepted
            {
                Step = step,
                AgencyFileNumber = a.AgencyFileNumber,
                ExpectedAt = a.ExpectedAt,
                DecidedAt = at
            }),
            StepAnswer.Refused a => Pair(StepState.Refused, "step-refused", at,
                new StepRefused { Step = step, Reasons = Some(a.Reasons), DecidedAt = at }),
            StepAnswer.CorrectionRequested a => Pair(StepState.AwaitingCorrection, "correction-requested", at,
                new CorrectionRequested { Step = step, Items = Some(a.Items), DecidedAt = at }),
            StepAnswer.FeeRequested a => Pair(StepState.AwaitingPayment, "fee-requested", at, new FeeRequested
            {
                Step = step,
                AmountRupiah = a.AmountRupiah > 0
                    ? a.AmountRupiah
                    : throw new ArgumentException("A fee is more than 0 rupiah.", nameof(answer)),
                Purpose = a.Purpose,
                Payee = a.Payee,
                KeptIfRefused = a.KeptIfRefused,
                ExpiresAt = a.ExpiresAt,
                DecidedAt = at,
            }),
            _ => throw new ArgumentException("A service must give an answer.", nameof(answer)),
        };

    /// <summary>The message as it was sent before.</summary>
    public static object Read(string kind, string json) => (kind switch
    {
        "step-completed" => (object?)JsonSerializer.Deserialize<StepCompleted>(json, Options),
        "step-accepted" => JsonSerializer.Deserialize<StepAccepted>(json, Options),
        "step-refused" => JsonSerializer.Deserialize<StepRefused>(json, Options),
        "correction-requested" => JsonSerializer.Deserialize<CorrectionRequested>(json, Options),
        "fee-requested" => JsonSerializer.Deserialize<FeeRequested>(json, Options),
        _ => null,
    }) ?? throw new InvalidOperationException($"The steps table holds an answer of the unknown kind {kind}.");

    /// <summary>Faults as they are stored.</summary>
    public static string Faults(IReadOnlyList<ReplyFault> faults) => JsonSerializer.Serialize(faults, Options);

    /// <summary>Sends a message of the protocol to the coordinator, through the outbox.</summary>
    public static Task SendAsync(ICommandSender sender, object message, CancellationToken cancellationToken) =>
        sender.SendAsync(Coordinator, message, cancellationToken);

    /// <summary>Whether a stored answer says the same; PostgreSQL writes jsonb in its own order.</summary>
    public bool Says(string? kind, string? json) =>
        kind == Kind && json is not null && JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(Json));

    private static (StoredAnswer, object) Pair<T>(
        StepState state, string kind, DateTimeOffset at, T message) where T : class =>
        (new StoredAnswer(state, kind, JsonSerializer.Serialize(message, Options), at), message);

    /// <summary>Outputs as they are on the wire.</summary>
    public static JsonElement Object(object outputs)
    {
        var json = JsonSerializer.SerializeToElement(outputs, outputs.GetType(), Options);
        return json.ValueKind == JsonValueKind.Object
            ? json
            : throw new ArgumentException("A step's outputs are a JSON object.", nameof(outputs));
    }

    private static IReadOnlyList<StepReason> Some(IReadOnlyList<StepReason> reasons) =>
        reasons is { Count: > 0 }
            ? reasons
            : throw new ArgumentException("A refusal names at least one reason.", nameof(reasons));
}
