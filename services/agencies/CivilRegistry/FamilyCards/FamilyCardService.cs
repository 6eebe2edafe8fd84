using System.ComponentModel.DataAnnotations;
using Mpp.CivilRegistry.Data;
using Mpp.CivilRegistry.Persons;

namespace Mpp.CivilRegistry.FamilyCards;

internal sealed record FamilyCardInput(
    [property: RegularExpression("^[0-9]{16}$")] string FamilyCardNumber, Nik MemberNik);

internal sealed record FamilyCardOutput(string FamilyCardNumber);

/// <summary>Adds a registered person to a family card and issues its next edition (Perpres 96/2018 art. 12).</summary>
internal sealed class FamilyCardService(CivilRegistryDbContext db) : AgencyService<FamilyCardInput>
{
    public override string Code => "civil-registry/family-card";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<FamilyCardInput> request, CancellationToken cancellationToken)
    {
        var input = request.Input;
        var found = await (
            from member in db.Persons
            where member.Nik == input.MemberNik
            select new
            {
                Member = member,
                Card = db.FamilyCards.FirstOrDefault(c => c.Number == input.FamilyCardNumber),
                WithParent = db.Persons.Any(p => p.FamilyCardNumber == input.FamilyCardNumber
                    && (p.Nik == member.MotherNik || p.Nik == member.FatherNik)),
            }).SingleOrDefaultAsync(cancellationToken);

        if (FamilyCardRules.Reasons(input, found?.Member, found?.Card) is { Count: > 0 } reasons)
        {
            return new StepAnswer.Refused(reasons);
        }

        var (person, card) = (found!.Member, found.Card!);
        if (person.FamilyCardNumber is null)
        {
            (person.FamilyCardNumber, person.FamilyRole) =
                (card.Number, found.WithParent ? FamilyRole.Child : FamilyRole.Other);
            NextEdition(card, person, FamilyCardChange.MemberAdded, request.Step, request.Today);
        }

        return new StepAnswer.Completed(
            new FamilyCardOutput(card.Number),
            new IssuedDocument("family-card", card.Number, card.IssuedOn, ValidUntil: null));
    }

    /// <summary>
    /// Takes the member off again, in an edition of its own. What another application has changed since then stays.
    /// </summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        var step = cancellation.Step;
        var added = await (
            from edition in db.FamilyCardEditions
            where edition.ApplicationId == step.ApplicationId
                && edition.StepId == step.StepId && edition.Change == FamilyCardChange.MemberAdded
            select new
            {
                Card = db.FamilyCards.Single(c => c.Number == edition.FamilyCardNumber),
                Member = db.Persons.Single(p => p.Nik == edition.MemberNik),
            }).SingleOrDefaultAsync(cancellationToken);
        if (added is not null && added.Member.FamilyCardNumber == added.Card.Number)
        {
            (added.Member.FamilyCardNumber, added.Member.FamilyRole) = (null, null);
            NextEdition(added.Card, added.Member, FamilyCardChange.MemberRemoved, step, cancellation.Today);
        }

        return CancelAnswer.Done;
    }

    private void NextEdition(FamilyCard card, Person member, FamilyCardChange change, StepRef step, DateOnly today)
    {
        (card.Edition, card.IssuedOn) = (card.Edition + 1, today);
        db.Add(new FamilyCardEdition
        {
            FamilyCardNumber = card.Number,
            Edition = card.Edition,
            IssuedOn = today,
            Change = change,
            MemberNik = member.Nik,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        });
    }
}
