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
internal sealed class MembershipStatusService(BpjsDbContext db)
    : LookupService<MembershipStatusInput, MembershipStatusOutput>
{
    private static readonly MembershipStatusOutput NotRegistered =
        new(MembershipState.NotRegistered, Segment: null, Reason: null, MembershipNumber: null);

    public override string Code => "bpjs/membership-status";

    protected override Task<IReadOnlyList<MembershipStatusOutput>> LookUpAsync(
        IReadOnlyList<StepRequest<MembershipStatusInput>> requests, CancellationToken cancellationToken) =>
        StatusAsync([.. requests.Select(r => r.Input.Nik)], cancellationToken);

    protected override Task<StepAnswer> PerformAsync(
        StepRequest<MembershipStatusInput> request, MembershipStatusOutput found,
        CancellationToken cancellationToken) => Task.FromResult<StepAnswer>(new StepAnswer.Completed(found));

    /// <summary>Foresees everything, because the service only looks.</summary>
    public override async Task<object?> ForeseeAsync(PrecheckRequest request, CancellationToken cancellationToken) =>
        request.Value<Nik>("nik") is { } nik ? (await StatusAsync([nik], cancellationToken))[0] : null;

    private async Task<IReadOnlyList<MembershipStatusOutput>> StatusAsync(
        Nik?[] niks, CancellationToken cancellationToken)
    {
        var members = await db.Participants.AsNoTracking().Where(p => niks.Contains(p.Nik))
            .ToDictionaryAsync(p => p.Nik!.Value, cancellationToken);
        return [.. niks.Select(nik =>
            members.TryGetValue(nik!.Value, out var member) ? Output(member) : NotRegistered)];
    }

    private static MembershipStatusOutput Output(Participant member) => new(
        member.Status == ParticipantStatus.Active ? MembershipState.Active : MembershipState.Inactive,
        member.Segment,
        member.InactiveReason,
        member.MembershipNumber);
}
