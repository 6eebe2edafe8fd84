using System.ComponentModel.DataAnnotations;
using Mpp.Police.Data;

namespace Mpp.Police.LossReports;

/// <summary>What <c>police/loss-report</c> takes.</summary>
internal sealed record LossReportInput
{
    public required Nik Nik { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    public required DateOnly LostOn { get; init; }

    [StringLength(200, MinimumLength = 1)]
    public required string LostAt { get; init; }

    public required LostThings Lost { get; init; }
}

/// <summary>What is lost.</summary>
internal sealed record LostThings
{
    public required bool IdentityCard { get; init; }

    public required bool MembershipCard { get; init; }

    public required bool DrivingLicence { get; init; }

    [StringLength(200, MinimumLength = 1)]
    public string? Others { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record LossReportOutput(string ReportNumber, DateOnly ValidUntil);

/// <summary>Takes a report of loss at the police's service desk (SPKT); free.</summary>
internal sealed class LossReportService(
    PoliceDbContext db, LossReportRulebook rules, DocumentNumbers numbers) : AgencyService<LossReportInput>
{
    public override string Code => "police/loss-report";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<LossReportInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        if (await db.LossReports.AsNoTracking().FirstOrDefaultAsync(
            r => r.ApplicationId == step.ApplicationId && r.StepId == step.StepId, cancellationToken) is { } same)
        {
            return Answer(same);
        }

        if (LossReportRules.Corrections(input.Lost, input.LostOn, today) is { Count: > 0 } corrections)
        {
            return new StepAnswer.CorrectionRequested(corrections);
        }

        var report = new LossReport
        {
            Number = LossReportRules.Number(
                today, await numbers.NextAsync(db, PoliceDbContext.LossReportNumbers, cancellationToken)),
            ReporterNik = input.Nik,
            ReporterName = input.Name,
            LostOn = input.LostOn,
            LostAt = input.LostAt,
            IdentityCard = input.Lost.IdentityCard,
            MembershipCard = input.Lost.MembershipCard,
            DrivingLicence = input.Lost.DrivingLicence,
            Others = input.Lost.Others,
            IssuedOn = today,
            ValidUntil = today.AddDays(rules.ValidityDays.RequiredOn(today).Value),
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.LossReports.Add(report);
        return Answer(report);
    }

    public override Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var (lost, lostOn) = (request.Object<LostThings>("lost"), request.Value<DateOnly>("lostOn"));
        return Task.FromResult(Judgement.Of(
            LossReportRules.Corrections(lost, lostOn, request.Today),
            [.. lost is null ? (string[])[] : ["something-lost"], .. lostOn is null ? (string[])[] : ["loss-date"]]));
    }

    private static StepAnswer.Completed Answer(LossReport report) => new(
        new LossReportOutput(report.Number, report.ValidUntil),
        new IssuedDocument("loss-report", report.Number, report.IssuedOn, report.ValidUntil));
}
