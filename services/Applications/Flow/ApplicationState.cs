namespace Mpp.Applications.Flow;

/// <summary>Where an application stands: the fold of its timeline.</summary>
internal sealed record ApplicationState
{
    public required Guid Id { get; init; }

    public required ApplicationNumber Number { get; init; }

    public required string Package { get; init; }

    public required int PackageVersion { get; init; }

    public required RegionCode Region { get; init; }

    public required string Channel { get; init; }

    public Representation? Representation { get; init; }

    /// <summary>The client that handles it.</summary>
    public string? Client { get; init; }

    public required ApplicationStatus Status { get; init; }

    /// <summary>The number of the latest timeline entry.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the personal data of an application that has ended are erased, or were due to be.</summary>
    public DateTimeOffset? EraseAt { get; init; }

    /// <summary>Its personal data are erased.</summary>
    public bool Erased { get; init; }

    /// <summary>Who wants it cancelled, while it is being cancelled and after.</summary>
    public Actor? CancelledBy { get; init; }

    /// <summary>How often the applicant has changed what was filed.</summary>
    public int Changes { get; init; }

    /// <summary>In the order of the definition.</summary>
    public required ImmutableArray<StepState> Steps { get; init; }

    /// <summary>Replies that were ignored and noted in the timeline, so that each is noted once.</summary>
    public ImmutableArray<Event.ReplyIgnored> Ignored { get; init; } = [];

    /// <summary>Personal data; stored apart.</summary>
    [JsonIgnore]
    public Dossier Dossier { get; init; } = Dossier.Empty;

    [JsonIgnore]
    public bool Ended => EndedAt is not null;

    /// <summary>Being cancelled.</summary>
    [JsonIgnore]
    public bool Cancelling => CancelledBy is not null && !Ended;

    /// <summary>A refusal that fails the application came before the pivot: nothing further is started.</summary>
    [JsonIgnore]
    public bool Refused => Steps.Any(s => s.FailsApplication);

    /// <summary>The earliest moment at which the passing of time does something by itself.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextLapse => Erased ? null : Ended ? EraseAt : Steps.Min(s => s.NextLapse);

    public StepState? Find(string step) => Steps.FirstOrDefault(s => s.Id == step);

    public StepState Step(string step) =>
        Find(step) ?? throw new ArgumentException($"The application has no step {step}.", nameof(step));
}

/// <summary>Where a step stands.</summary>
internal sealed record StepState(string Id)
{
    public StepStatus Status { get; init; } = StepStatus.Waiting;

    /// <summary>0 before the first request.</summary>
    public int Attempt { get; init; }

    /// <summary>Since when it has this status.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How long agencies had it in hand, until <see cref="Since"/>.</summary>
    public TimeSpan TimeWithAgency { get; init; }

    /// <summary>How long it waited for the applicant, until <see cref="Since"/>.</summary>
    public TimeSpan TimeWithApplicant { get; init; }

    /// <summary>When the agency must be done; <see langword="null"/> while the clock stands.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When an operator is warned of <see cref="DueAt"/>; <see langword="null"/> once that is done.</summary>
    public DateTimeOffset? WarnAt { get; init; }

    /// <summary>What is left of the agency's time while the clock stands.</summary>
    public TimeLeft? Left { get; init; }

    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>
    /// When silence of the agency makes the step stalled; <see langword="null"/> when it is not the agency's turn, or
    /// an operator knows already.
    /// </summary>
    public DateTimeOffset? StallsAt { get; init; }

    /// <summary>Until when the applicant may correct.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>Corrections asked for since the step was filed.</summary>
    public int Rounds { get; init; }

    /// <summary>How often it was filed anew.</summary>
    public int Refilings { get; init; }

    /// <summary>Little time is left, or none.</summary>
    public bool Warned { get; init; }

    /// <summary>The deadline has passed.</summary>
    public bool Overdue { get; init; }

    /// <summary>The agency was silent, when asked to cancel the step or when bound to issue.</summary>
    public bool AgencySilent { get; init; }

    /// <summary>Replies to this attempt that did not fit the published standard.</summary>
    public int Rejections { get; init; }

    /// <summary>The latest reply did not fit.</summary>
    public bool ReplyRejected { get; init; }

    public string? AgencyFileNumber { get; init; }

    public ImmutableArray<IssuedDocument> Documents { get; init; } = [];

    /// <summary>
    /// Why it was refused or stands, or what the applicant must mend; pointers lead into the form that was filed.
    /// </summary>
    public ImmutableArray<StepReason> Reasons { get; init; } = [];

    /// <summary>The requirements that the applicant has answered with this attempt.</summary>
    public ImmutableArray<string> Corrected { get; init; } = [];

    /// <summary>Its refusal or lapse ends the application.</summary>
    public bool FailsApplication { get; init; }

    public LapseReason? Lapse { get; init; }

    /// <summary>The fees of all attempts, oldest first; at most one for each attempt.</summary>
    public ImmutableArray<Fee> Fees { get; init; } = [];

    public SkipReason? Skipped { get; init; }

    /// <summary>The refused step that this one was skipped for.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>Its status when its agency was asked to cancel it.</summary>
    public StepStatus? CancelledFrom { get; init; }

    /// <summary>The agency does not withdraw it; what is in hand goes on to its end.</summary>
    public bool Kept { get; init; }

    /// <summary>An operator has dealt with what was left when the step was over.</summary>
    public bool Closed { get; init; }

    /// <summary>Its agency has answered with the outcome. A step granted by law is over only then.</summary>
    public bool Issued { get; init; }

    /// <summary>The fee of the present attempt.</summary>
    [JsonIgnore]
    public Fee? Fee => FeeOf(Attempt);

    /// <summary>
    /// Its fee can be paid, even while the agency is asked to withdraw the step: the agency may keep it.
    /// </summary>
    [JsonIgnore]
    public bool AwaitsMoney => (Status is StepStatus.Cancelling ? CancelledFrom : Status) is StepStatus.AwaitingPayment;

    /// <summary>An agency has it, or waits for the applicant.</summary>
    [JsonIgnore]
    public bool InHand => ClockRuns || ClockStands;

    [JsonIgnore]
    public bool ClockRuns => Status is StepStatus.Requested or StepStatus.InProgress or StepStatus.Stalled;

    [JsonIgnore]
    public bool ClockStands => Status is StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment;

    /// <summary>A reply of its agency can do something to it.</summary>
    [JsonIgnore]
    public bool AwaitsReply =>
        InHand || Status is StepStatus.Cancelling || (Status is StepStatus.DeemedGranted && !Issued);

    /// <summary>Nothing more happens to it.</summary>
    [JsonIgnore]
    public bool Over => Status is StepStatus.Completed or StepStatus.Refused
        or StepStatus.Lapsed or StepStatus.Skipped or StepStatus.Cancelled or StepStatus.CancellationRefused
        || (Status is StepStatus.DeemedGranted && Issued);

    [JsonIgnore]
    public bool Granted => Status is StepStatus.Completed or StepStatus.DeemedGranted or StepStatus.CancellationRefused;

    /// <summary>Refused, or left by the applicant.</summary>
    [JsonIgnore]
    public bool Failed => Status is StepStatus.Refused or StepStatus.Lapsed;

    /// <summary>Steps that need it may start.</summary>
    [JsonIgnore]
    public bool Satisfied => Granted || Skipped is SkipReason.NotApplicable or SkipReason.Operator;

    /// <summary>Why an operator should look at it.</summary>
    [JsonIgnore]
    public IEnumerable<OperatorMatter> Matters
    {
        get
        {
            if (ClockRuns && Warned && !Overdue)
            {
                yield return OperatorMatter.DueSoon;
            }

            if (!Over && Overdue)
            {
                yield return OperatorMatter.Overdue;
            }

            if (!Over && (AgencySilent || Status is StepStatus.Stalled))
            {
                yield return OperatorMatter.Stalled;
            }

            if (!Over && ReplyRejected)
            {
                yield return OperatorMatter.ReplyRejected;
            }

            if (Kept && !Closed)
            {
                yield return OperatorMatter.Kept;
            }

            if (Status is StepStatus.CancellationRefused && !Kept && !Closed)
            {
                yield return OperatorMatter.Stands;
            }

            if (Fees.Any(fee => fee.RefundDue))
            {
                yield return OperatorMatter.RefundDue;
            }
        }
    }

    /// <summary>An operator must deal with it; a warning alone does not count.</summary>
    [JsonIgnore]
    public bool NeedsOperator => Matters.Any(m => m is not OperatorMatter.DueSoon);

    /// <summary>
    /// The step is over, but something is left that an operator can close. Money to pay back is not closed: it ends
    /// when Payments have recorded the repayment.
    /// </summary>
    [JsonIgnore]
    public bool Closable => Over && Matters.Any(m => m is OperatorMatter.Kept or OperatorMatter.Stands);

    [JsonIgnore]
    public DateTimeOffset? NextLapse => Status switch
    {
        _ when ClockRuns => Earliest(StallsAt, WarnAt, Overdue ? null : DueAt),
        StepStatus.AwaitingCorrection => WaitsUntil,
        StepStatus.Cancelling or StepStatus.DeemedGranted => StallsAt,
        _ => null,
    };

    public Fee? FeeOf(int attempt) => Fees.FirstOrDefault(fee => fee.Attempt == attempt);

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> moments)
    {
        DateTimeOffset? earliest = null;
        foreach (var moment in moments)
        {
            earliest = moment < earliest || earliest is null ? moment ?? earliest : earliest;
        }

        return earliest;
    }
}

/// <summary>A fee that an agency asked for, once it had accepted the file.</summary>
/// <param name="BillingCode">The code to pay with; <see langword="null"/> until the bill is there.</param>
/// <param name="Paid">Whether the bank has taken the money.</param>
/// <param name="RefundDue">It was paid, and what it was for is not done: it is to be paid back.</param>
/// <param name="PaidBack">It was paid back.</param>
/// <param name="KeptIfRefused">It is for the examination: a refusal does not give it back.</param>
internal sealed record Fee(
    long AmountRupiah, string Purpose, DateTimeOffset ExpiresAt, string? BillingCode = null, bool Paid = false,
    bool RefundDue = false, bool PaidBack = false, bool KeptIfRefused = false)
{
    /// <summary>The attempt that it is for.</summary>
    public int Attempt { get; init; }
}
