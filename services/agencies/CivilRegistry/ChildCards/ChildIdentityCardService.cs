using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Mpp.CivilRegistry.Data;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.ChildCards;

internal sealed record ChildCardInput(
    Nik ChildNik,
    [property: RegularExpression("^[0-9]{16}$")] string FamilyCardNumber,
    [property: MinLength(1), MaxLength(64)] string? PhotoReference);

internal sealed record ChildCardOutput(string CardNumber);

/// <summary>Issues a Kartu Identitas Anak; an earlier card of the child loses its validity.</summary>
internal sealed class ChildIdentityCardService(
    CivilRegistryDbContext db, DocumentNumbers numbers, CivilRegistryRules rules) : AgencyService<ChildCardInput>
{
    public override string Code => "civil-registry/child-identity-card";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<ChildCardInput> request, CancellationToken cancellationToken)
    {
        var (input, today) = (request.Input, request.Today);
        var ages = rules.ChildCardAges.RequiredOn(today).Value;
        var child = await db.Persons
            .Where(p => p.Nik == input.ChildNik && p.DeceasedOn == null)
            .Select(p => new ChildFacts(
                p.BirthDate,
                p.MaritalStatus,
                p.FamilyCardNumber,
                db.ChildIdentityCards.Where(c => c.ChildNik == p.Nik && c.RevokedOn == null)
                    .Select(c => c.CardNumber).FirstOrDefault()))
            .SingleOrDefaultAsync(cancellationToken);

        if (ChildCardRules.Reasons(input, child, today, ages) is { Count: > 0 } reasons)
        {
            return new StepAnswer.Refused(reasons);
        }

        if (child!.CurrentCard is { } current)
        {
            await RevokeAsync(c => c.CardNumber == current, today, cancellationToken);
        }

        var number = await numbers.NextAsync(db, CivilRegistryDbContext.ChildIdentityCardNumbers, cancellationToken);
        var regency = request.Region.Value.Replace(".", "", StringComparison.Ordinal);
        var card = new ChildIdentityCard
        {
            CardNumber = string.Create(CultureInfo.InvariantCulture, $"{regency}-KIA-{today:ddMMyyyy}-{number:D4}"),
            ChildNik = input.ChildNik,
            ValidFrom = today,
            ValidUntil = ChildCardRules.ValidUntil(child.BirthDate, today, ages),
            PhotoReference = input.PhotoReference,
            ApplicationId = request.Step.ApplicationId,
        };
        db.Add(card);
        return new StepAnswer.Completed(
            new ChildCardOutput(card.CardNumber),
            new IssuedDocument("child-identity-card", card.CardNumber, card.ValidFrom, card.ValidUntil));
    }

    /// <summary>The card loses its validity.</summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        if (cancellation.Completed?.GetProperty("cardNumber").GetString() is { } number)
        {
            await RevokeAsync(c => c.CardNumber == number, cancellation.Today, cancellationToken);
        }

        return CancelAnswer.Done;
    }

    private Task<int> RevokeAsync(
        System.Linq.Expressions.Expression<Func<ChildIdentityCard, bool>> which, DateOnly on,
        CancellationToken cancellationToken) =>
        db.ChildIdentityCards.Where(which).Where(c => c.RevokedOn == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedOn, on), cancellationToken);
}
