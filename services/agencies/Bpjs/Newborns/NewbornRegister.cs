using Mpp.Bpjs.Data;
using Mpp.Bpjs.Members;

namespace Mpp.Bpjs.Newborns;

/// <summary>A baby to be enrolled: with its NIK, where it has one, and which child of the mother it is.</summary>
internal sealed record Baby(
    Nik MotherNik, string Name, DateOnly BirthDate, string BirthLetterNumber, string FamilyCardNumber, int? BirthOrder,
    Nik? Nik = null);

/// <summary>The enrolments of newborns: what both services that enrol them do.</summary>
internal sealed class NewbornRegister(
    BpjsDbContext db, NewbornRulebook rules, DocumentNumbers numbers, TimeProvider time)
{
    /// <summary>
    /// The enrolments of this baby that are not withdrawn, found by its letter, or by birth date and name.
    /// </summary>
    public Task<List<NewbornEnrolment>> InForceAsync(
        Nik motherNik, string name, DateOnly birthDate, string letter, CancellationToken cancellationToken)
    {
        var nameKey = TextKey.Of(name);
        return db.NewbornEnrolments.Include(e => e.Participant)
            .Where(e => e.MotherNik == motherNik && e.Status != EnrolmentStatus.Withdrawn
                && (e.BirthLetterNumber == letter || (e.BirthDate == birthDate && e.ChildNameKey == nameKey)))
            .ToListAsync(cancellationToken);
    }

    public Task<MotherMembership?> MotherAsync(Nik nik, CancellationToken cancellationToken) =>
        db.Participants.Where(p => p.Nik == nik)
            .Select(p => new MotherMembership(p.Status, p.Segment)).FirstOrDefaultAsync(cancellationToken);

    public async Task<NewbornEnrolment> EnrolAsync(
        Baby baby, Segment segment, StepRef step, DateOnly today, CancellationToken cancellationToken)
    {
        var known = await db.NewbornEnrolments.CountAsync(
            e => e.MotherNik == baby.MotherNik && e.Status != EnrolmentStatus.Withdrawn, cancellationToken);
        var status = NewbornRules.StatusFor(segment, Math.Max(baby.BirthOrder ?? 1, known + 1), today, rules);
        var active = status == EnrolmentStatus.Active;
        var membershipNumber = NewbornRules.MembershipNumber(
            await numbers.NextAsync(db, BpjsDbContext.MembershipNumbers, cancellationToken));
        var enrolment = new NewbornEnrolment
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            MembershipNumber = membershipNumber,
            Participant = new Participant
            {
                MembershipNumber = membershipNumber,
                Nik = baby.Nik,
                Segment = segment,
                Status = active ? ParticipantStatus.Active : ParticipantStatus.Inactive,
                InactiveReason = active ? null : InactiveReasons.AwaitingPremium,
            },
            MotherNik = baby.MotherNik,
            ChildName = baby.Name,
            ChildNameKey = TextKey.Of(baby.Name),
            BirthDate = baby.BirthDate,
            BirthLetterNumber = baby.BirthLetterNumber,
            FamilyCardNumber = baby.FamilyCardNumber,
            Status = status,
            EnrolledOn = today,
            PremiumDueOn = active ? null : NewbornRules.PremiumDueOn(baby.BirthDate, today, rules),
            NikDueOn = NewbornRules.NikDueOn(baby.BirthDate, today, rules),
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.NewbornEnrolments.Add(enrolment);
        return enrolment;
    }
}
