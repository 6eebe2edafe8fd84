using System.ComponentModel.DataAnnotations;
using Mpp.Bpjs.Data;
using Mpp.Bpjs.Members;

namespace Mpp.Bpjs.Newborns;

/// <summary>What <c>bpjs/newborn-nik</c> takes.</summary>
internal sealed record NewbornNikInput
{
    public required Nik ChildNik { get; init; }

    public required Nik MotherNik { get; init; }

    [StringLength(60, MinimumLength = 1)]
    public required string ChildName { get; init; }

    public required DateOnly BirthDate { get; init; }

    [StringLength(64, MinimumLength = 1)]
    public required string BirthLetterNumber { get; init; }

    [RegularExpression("[0-9]{16}")]
    public required string FamilyCardNumber { get; init; }

    /// <summary>Which child of the mother it is, from 1.</summary>
    [Range(1, 30)]
    public int? BirthOrder { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record NewbornNikOutput(string MembershipNumber, EnrolmentStatus Status);

/// <summary>
/// The NIK of a baby, once the civil registry has given it one: it is written to the membership, within three months of
/// birth. A baby that was older when it was filed for is enrolled now, with its NIK (Perpres 82/2018 art. 16).
/// </summary>
internal sealed class NewbornNikService(BpjsDbContext db, NewbornRegister register) : AgencyService<NewbornNikInput>
{
    public override string Code => "bpjs/newborn-nik";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<NewbornNikInput> request, CancellationToken cancellationToken)
    {
        var (input, today) = (request.Input, request.Today);
        if (await db.Participants.FirstOrDefaultAsync(p => p.Nik == input.ChildNik, cancellationToken) is { } known)
        {
            return Answer(known);
        }

        var inForce = await register.InForceAsync(
            input.MotherNik, input.ChildName, input.BirthDate, input.BirthLetterNumber, cancellationToken);
        if (inForce.Find(e => e.Participant!.Nik is null) is { } awaiting)
        {
            awaiting.Participant!.Nik = input.ChildNik;
            return Answer(awaiting.Participant);
        }

        if (inForce.Count > 0)
        {
            return new StepAnswer.Refused(NewbornRules.OtherNik);
        }

        return await register.MotherAsync(input.MotherNik, cancellationToken) is { } mother
            ? Answer((await register.EnrolAsync(
                new Baby(input.MotherNik, input.ChildName, input.BirthDate, input.BirthLetterNumber,
                    input.FamilyCardNumber, input.BirthOrder, input.ChildNik),
                mother.Segment, request.Step, today, cancellationToken)).Participant!)
            : new StepAnswer.Refused(NewbornRules.NoMember);
    }

    private static StepAnswer.Completed Answer(Participant baby) => new(new NewbornNikOutput(
        baby.MembershipNumber,
        baby.Status == ParticipantStatus.Active ? EnrolmentStatus.Active : EnrolmentStatus.AwaitingPremium));
}
