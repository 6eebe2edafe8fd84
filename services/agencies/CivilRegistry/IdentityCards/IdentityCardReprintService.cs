using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Mpp.CivilRegistry.Data;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.IdentityCards;

internal sealed record IdentityCardInput(
    Nik Nik,
    [property: Required, MaxLength(64)] string LossReportNumber,
    DateOnly LossReportValidUntil);

internal sealed record IdentityCardOutput(string PrintNumber);

/// <summary>Prints a lost KTP-el once more; free (UU 24/2013 art. 79A).</summary>
internal sealed class IdentityCardReprintService(
    CivilRegistryDbContext db, DocumentNumbers numbers, CivilRegistryRules rules) : AgencyService<IdentityCardInput>
{
    public override string Code => "civil-registry/identity-card-reprint";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<IdentityCardInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        var print = await db.IdentityCardPrints.AsNoTracking()
            .FirstOrDefaultAsync(p => p.LossReportNumber == input.LossReportNumber, cancellationToken);
        if (print is not null && print.ApplicationId == step.ApplicationId && print.StepId == step.StepId)
        {
            return Answer(print);
        }

        var holder = await HolderAsync(input.Nik, cancellationToken);
        if (IdentityCardRules.Refusals(
            holder, input.LossReportValidUntil, print is not null, today, rules) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused(refusals);
        }

        var number = await numbers.NextAsync(db, CivilRegistryDbContext.IdentityCardPrintNumbers, cancellationToken);
        var regency = request.Region.Value.Replace(".", "", StringComparison.Ordinal);
        print = new IdentityCardPrint
        {
            PrintNumber = string.Create(CultureInfo.InvariantCulture, $"{regency}-KTP-{today:ddMMyyyy}-{number:D4}"),
            HolderNik = input.Nik,
            LossReportNumber = input.LossReportNumber,
            PrintedOn = today,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.Add(print);
        return Answer(print);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken) =>
        request.Value<Nik>("nik") is { } nik
            ? Judgement.Of(IdentityCardRules.Refusals(await HolderAsync(nik, cancellationToken), reportValidUntil: null,
                reportUsed: false, request.Today, rules), "card-holder")
            : [];

    private Task<CardHolder?> HolderAsync(Nik nik, CancellationToken cancellationToken) =>
        db.Persons.Where(p => p.Nik == nik).Select(p => new CardHolder(p.BirthDate, p.MaritalStatus, p.DeceasedOn))
            .SingleOrDefaultAsync(cancellationToken);

    private static StepAnswer.Completed Answer(IdentityCardPrint print) => new(
        new IdentityCardOutput(print.PrintNumber),
        new IssuedDocument("identity-card", print.PrintNumber, print.PrintedOn, ValidUntil: null));
}
