using System.Text.Json.Serialization;
using Mpp.Bpjs.Data;

namespace Mpp.Bpjs.Members;

/// <summary>What <c>bpjs/membership-status</c> takes.</summary>
internal sealed record MembershipStatusInput
{
    public required Nik Nik { get; init; }
}

/// <summary>
/// What it gives back. A status is an answer, never a refusal: what follows from it is for the agency that asks.
/// </summary>
internal sealed record MembershipStatusOutput(
    MembershipState Status, Segment? Segment, string? Reason, string? MembershipNumber);

/// <summary>State of a membership as others see it.</summary>
[JsonConverter(typeof(KebabEnumConverter<MembershipState>))]
internal enum MembershipState
{
    Active,
    Inactive,
    NotRegistered,
}

/// <summary>Whether a person has health insurance, and if not, why.</summary>
internal sealed class MembershipStatusService(BpjsDbContext db) : AgencyService<MembershipStatusInput>
{
    public override string Code => "bpjs/membership-status";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<MembershipStatusInput> request, CancellationToken cancellationToken) =>
        new StepAnswer.Completed(await StatusAsync(request.Input.Nik, cancellationToken));

    /// <summary>All of it: the service does nothing but look.</summary>
    public override async Task<object?> ForeseeAsync(PrecheckRequest request, CancellationToken cancellationToken) =>
        request.Value<Nik>("nik") is { } nik ? await StatusAsync(nik, cancellationToken) : null;

    private async Task<MembershipStatusOutput> StatusAsync(Nik nik, CancellationToken cancellationToken)
    {
        var member = await db.Participants.AsNoTracking().FirstOrDefaultAsync(p => p.Nik == nik, cancellationToken);
        return member is null
            ? new MembershipStatusOutput(
                MembershipState.NotRegistered, Segment: null, Reason: null, MembershipNumber: null)
            : new MembershipStatusOutput(
                member.Status == ParticipantStatus.Active ? MembershipState.Active : MembershipState.Inactive,
                member.Segment,
                member.InactiveReason,
                member.MembershipNumber);
    }
}
