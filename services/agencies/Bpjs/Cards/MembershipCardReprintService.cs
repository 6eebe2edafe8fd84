using System.ComponentModel.DataAnnotations;
using Mpp.Bpjs.Data;
using Mpp.Bpjs.Members;

namespace Mpp.Bpjs.Cards;

/// <summary>What <c>bpjs/membership-card-reprint</c> takes.</summary>
internal sealed record CardInput
{
    public required Nik Nik { get; init; }

    [StringLength(64, MinimumLength = 1)]
    public required string LossReportNumber { get; init; }

    public required DateOnly LossReportValidUntil { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record CardOutput(string CardNumber);

/// <summary>Prints a lost JKN card once more; free.</summary>
internal sealed class MembershipCardReprintService(BpjsDbContext db, DocumentNumbers numbers) : AgencyService<CardInput>
{
    public override string Code => "bpjs/membership-card-reprint";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<CardInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        if (await db.CardPrints.AsNoTracking().FirstOrDefaultAsync(
            p => p.ApplicationId == step.ApplicationId && p.StepId == step.StepId, cancellationToken) is { } same)
        {
            return Answer(same);
        }

        var member = await MemberAsync(input.Nik, cancellationToken);
        var corrections = CardRules.Corrections(member);
        if (CardRules.Refusals(member, input.LossReportValidUntil, today) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused([.. refusals, .. corrections]);
        }

        if (corrections.Count > 0)
        {
            return new StepAnswer.CorrectionRequested(corrections);
        }

        var print = new CardPrint
        {
            CardNumber = CardRules.Number(
                today, await numbers.NextAsync(db, BpjsDbContext.CardNumbers, cancellationToken)),
            MembershipNumber = member!.MembershipNumber,
            LossReportNumber = input.LossReportNumber,
            PrintedOn = today,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.CardPrints.Add(print);
        return Answer(print);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        if (request.Value<Nik>("nik") is not { } nik)
        {
            return [];
        }

        var member = await MemberAsync(nik, cancellationToken);
        return Judgement.Of(
            [.. CardRules.Refusals(member, reportValidUntil: null, request.Today), .. CardRules.Corrections(member)],
            ["member-registered", .. member is null ? (string[])[] : ["membership-active"]]);
    }

    private Task<Participant?> MemberAsync(Nik nik, CancellationToken cancellationToken) =>
        db.Participants.AsNoTracking().FirstOrDefaultAsync(p => p.Nik == nik, cancellationToken);

    private static StepAnswer.Completed Answer(CardPrint print) => new(
        new CardOutput(print.CardNumber),
        new IssuedDocument("membership-card", print.CardNumber, print.PrintedOn, ValidUntil: null));
}
