using System.ComponentModel.DataAnnotations;
using Mpp.Bpjs.Data;
using Mpp.Bpjs.Members;

namespace Mpp.Bpjs.Newborns;

/// <summary>
/// What <c>bpjs/newborn-enrolment</c> takes. A birth letter is enough: BPJS need not wait for the birth certificate.
/// </summary>
internal sealed record NewbornInput
{
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

/// <summary>
/// What it gives back: no number while the enrolment awaits the baby's NIK, which <c>bpjs/newborn-nik</c> brings.
/// </summary>
internal sealed record NewbornOutput(string? MembershipNumber, EnrolmentStatus Status);

/// <summary>Enrolment of a newborn in JKN (Perpres 82/2018 art. 16).</summary>
internal sealed class NewbornEnrolmentService(
    BpjsDbContext db, NewbornRegister register, NewbornRulebook rules, TimeProvider time)
    : AgencyService<NewbornInput>
{
    public override string Code => "bpjs/newborn-enrolment";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<NewbornInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        var earlier = await register.InForceAsync(
            input.MotherNik, input.ChildName, input.BirthDate, input.BirthLetterNumber, cancellationToken);
        if (earlier.Find(e => e.ApplicationId == step.ApplicationId && e.StepId == step.StepId) is { } same)
        {
            return new StepAnswer.Completed(new NewbornOutput(same.MembershipNumber, same.Status));
        }

        var mother = await register.MotherAsync(input.MotherNik, cancellationToken);
        var corrections = NewbornRules.Corrections(mother, today, rules);
        if (NewbornRules.Refusals(input.BirthDate, mother, earlier.Count > 0, today, rules) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused([.. refusals, .. corrections]);
        }

        if (corrections.Count > 0)
        {
            return new StepAnswer.CorrectionRequested(corrections);
        }

        if (NewbornRules.NeedsNik(input.BirthDate, today, rules))
        {
            return new StepAnswer.Completed(new NewbornOutput(MembershipNumber: null, EnrolmentStatus.AwaitingNik));
        }

        var enrolment = await register.EnrolAsync(
            new Baby(input.MotherNik, input.ChildName, input.BirthDate, input.BirthLetterNumber,
                input.FamilyCardNumber, input.BirthOrder),
            mother!.Segment, step, today, cancellationToken);
        return new StepAnswer.Completed(new NewbornOutput(enrolment.MembershipNumber, enrolment.Status));
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        if (request.Value<Nik>("motherNik") is not { } motherNik)
        {
            return [];
        }

        var (birthDate, letter) = (request.Value<DateOnly>("birthDate"), request.Text("birthLetterNumber"));
        var mother = await register.MotherAsync(motherNik, cancellationToken);
        var enrolled = letter is not null && await db.NewbornEnrolments.AnyAsync(
            e => e.MotherNik == motherNik && e.Status != EnrolmentStatus.Withdrawn && e.BirthLetterNumber == letter,
            cancellationToken);
        return Judgement.Of(
            [.. NewbornRules.Refusals(birthDate ?? request.Today, mother, enrolled, request.Today, rules),
                .. NewbornRules.Corrections(mother, request.Today, rules)],
            [
                "mother-jkn-active",
                .. birthDate is null ? (string[])[] : ["newborn-is-born"],
                .. letter is null ? (string[])[] : ["newborn-not-enrolled"],
            ]);
    }

    /// <summary>
    /// The enrolment ends and the baby has no cover from it. Premiums are not collected here yet, so none has to be
    /// paid back.
    /// </summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        var step = cancellation.Step;
        var enrolment = await db.NewbornEnrolments.Include(e => e.Participant)
            .FirstOrDefaultAsync(e => e.ApplicationId == step.ApplicationId
                && e.StepId == step.StepId && e.Status != EnrolmentStatus.Withdrawn, cancellationToken);
        if (enrolment is null)
        {
            return CancelAnswer.Done;
        }

        if (enrolment.Participant!.Nik is not null)
        {
            return CancelAnswer.Refused(new StepReason("not-revocable",
                new("Bayi sudah menjadi peserta dengan NIK; kepesertaan JKN tidak dapat ditarik.", "The "
                    + "baby is already a member under its NIK; JKN membership cannot be withdrawn."),
                LegalBasis: "Perpres 82/2018"));
        }

        enrolment.Status = EnrolmentStatus.Withdrawn;
        enrolment.WithdrawnAt = time.GetUtcNow();
        enrolment.WithdrawnReason = cancellation.Reason;
        enrolment.Participant.Status = ParticipantStatus.Inactive;
        enrolment.Participant.InactiveReason = InactiveReasons.Withdrawn;
        return CancelAnswer.Done;
    }
}
