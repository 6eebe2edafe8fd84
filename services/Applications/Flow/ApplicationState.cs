using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

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

    public required ApplicationStatus Status { get; init; }

    /// <summary>The number of the latest timeline entry.</summary>
    public required long Sequence { get; init; }

    /// <summary>A refusal that fails the application came before the pivot: nothing further is started.</summary>
    public bool Refused { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>In the order of the definition.</summary>
    public required ImmutableArray<StepState> Steps { get; init; }

    /// <summary>Replies that were ignored and noted in the timeline, so that each is noted once.</summary>
    public ImmutableArray<ReplyIgnored> Ignored { get; init; } = [];

    /// <summary>Personal data; stored apart.</summary>
    [JsonIgnore]
    public Dossier Dossier { get; init; } = Dossier.Empty;

    [JsonIgnore]
    public bool Ended => EndedAt is not null;

    /// <summary>The earliest moment at which silence means something; <see langword="null"/> when nobody is waited for by the clock.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextLapse => Ended ? null : Steps.Min(s => s.StallsAt);

    public StepState? Find(string step) => Steps.FirstOrDefault(s => s.Id == step);

    public StepState Step(string step) => Find(step) ?? throw new ArgumentException($"The application has no step {step}.", nameof(step));
}

/// <summary>Where a step stands.</summary>
internal sealed record StepState(string Id)
{
    public StepStatus Status { get; init; } = StepStatus.Waiting;

    /// <summary>0 before the first request.</summary>
    public int Attempt { get; init; }

    /// <summary>Since when it has this status.</summary>
    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>When silence of the agency makes the step stalled; <see langword="null"/> when it is not the agency's turn.</summary>
    public DateTimeOffset? StallsAt { get; init; }

    public string? AgencyFileNumber { get; init; }

    public ImmutableArray<IssuedDocument> Documents { get; init; } = [];

    /// <summary>Why it was refused, or what the applicant must mend.</summary>
    public ImmutableArray<StepReason> Reasons { get; init; } = [];

    public Fee? Fee { get; init; }

    public SkipReason? Skipped { get; init; }

    /// <summary>The refused step that this one was skipped for.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>An agency has it, or waits for the applicant.</summary>
    [JsonIgnore]
    public bool InHand => Status is StepStatus.Requested or StepStatus.InProgress or StepStatus.AwaitingCorrection or StepStatus.AwaitingPayment or StepStatus.Stalled;

    /// <summary>Nothing more happens to it.</summary>
    [JsonIgnore]
    public bool Over => Granted || Status is StepStatus.Rejected or StepStatus.Skipped or StepStatus.Cancelled or StepStatus.CancellationRefused;

    [JsonIgnore]
    public bool Granted => Status is StepStatus.Completed or StepStatus.DeemedGranted;

    /// <summary>What needs it may start.</summary>
    [JsonIgnore]
    public bool Satisfied => Granted || Skipped is SkipReason.NotApplicable;
}

/// <summary>A fee that an agency asked for.</summary>
internal sealed record Fee(long AmountRupiah, string Purpose, DateTimeOffset ExpiresAt);
