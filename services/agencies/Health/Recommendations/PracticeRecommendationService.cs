using System.ComponentModel.DataAnnotations;
using Mpp.Health.Data;
using Mpp.Health.Registrations;

namespace Mpp.Health.Recommendations;

/// <summary>What <c>health/practice-recommendation</c> takes.</summary>
internal sealed record RecommendationInput
{
    public required Nik Nik { get; init; }

    [RegularExpression("[A-Z]{2}[0-9]{14}|[0-9]{16}")]
    public required string StrNumber { get; init; }

    public required Profession Profession { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string FacilityName { get; init; }

    [StringLength(64, MinimumLength = 1)]
    public string? FacilityLetterNumber { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record RecommendationOutput(string RecommendationNumber, DateOnly ValidUntil);

/// <summary>Recommends a practice at a place, as long as the region's quota lasts.</summary>
internal sealed class PracticeRecommendationService(
    HealthDbContext db, PracticeRulebook rules, DocumentNumbers numbers, TimeProvider time)
    : AgencyService<RecommendationInput>
{
    public override string Code => "health/practice-recommendation";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<RecommendationInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        await TakeQuotaAsync(request.Region, input.Profession, cancellationToken);
        if (await db.Recommendations.AsNoTracking().FirstOrDefaultAsync(
            r => r.ApplicationId == step.ApplicationId && r.StepId == step.StepId && r.WithdrawnAt == null,
            cancellationToken) is { } same)
        {
            return Answer(same);
        }

        var registration = await db.Registrations.AsNoTracking()
            .FirstOrDefaultAsync(r => r.StrNumber == input.StrNumber && r.Nik == input.Nik, cancellationToken);
        var facilityKey = TextKey.Of(input.FacilityName);
        var inForce = await InForceAsync(
            request.Region, input.Profession, (input.Nik, facilityKey), today, cancellationToken);
        var corrections = RecommendationRules.Corrections(input.FacilityLetterNumber);
        if (RecommendationRules.Refusals(
            registration, request.Region, input.Profession, inForce, today, rules) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused([.. refusals, .. corrections]);
        }

        if (corrections.Count > 0)
        {
            return new StepAnswer.CorrectionRequested(corrections);
        }

        var recommendation = new Recommendation
        {
            Number = RecommendationRules.Number(
                today, await numbers.NextAsync(db, HealthDbContext.RecommendationNumbers, cancellationToken)),
            Nik = input.Nik,
            StrNumber = input.StrNumber,
            Profession = input.Profession,
            FacilityName = input.FacilityName,
            FacilityKey = facilityKey,
            FacilityLetterNumber = input.FacilityLetterNumber!,
            Region = request.Region,
            IssuedOn = today,
            ValidUntil = today.AddMonths(rules.ValidityMonths.RequiredOn(today).Value),
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.Recommendations.Add(recommendation);
        return Answer(recommendation);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        List<StepReason> reasons = [];
        List<string> judged = [];
        if (request.Value<Profession>("profession") is { } profession)
        {
            judged.Add("practice-quota");
            var own = request.Value<Nik>("nik") is { } holder && request.Text("facilityName") is { } facility
                ? (holder, TextKey.Of(facility))
                : ((Nik, string)?)null;
            var inForce = await InForceAsync(request.Region, profession, own, request.Today, cancellationToken);
            reasons.AddRange(RecommendationRules.QuotaFull(
                request.Region, profession, inForce, request.Today, rules) is { } full
                ? [full]
                : (StepReason[])[]);
            if (request.Value<Nik>("nik") is { } nik)
            {
                judged.Add("str-valid");
                var registration = await db.Registrations.AsNoTracking()
                    .FirstOrDefaultAsync(r => r.Nik == nik, cancellationToken);
                reasons.AddRange(
                    RecommendationRules.Refusals(
                        registration, request.Region, profession, inForce: 0, request.Today, rules)
                        .Where(r => r.Requirement == "str-valid"));
            }
        }

        // Only the applicant can give the facility's letter: if it is not given, it is missing.
        return Judgement.Of([.. reasons, .. RecommendationRules.Corrections(request.Text("facilityLetterNumber"))],
            [.. judged, "facility-letter"]);
    }

    /// <summary>The recommendation is withdrawn, and its place in the quota is free again.</summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        var step = cancellation.Step;
        if (await db.Recommendations.FirstOrDefaultAsync(
            r => r.ApplicationId == step.ApplicationId && r.StepId == step.StepId && r.WithdrawnAt == null,
            cancellationToken) is { } recommendation)
        {
            (recommendation.WithdrawnAt, recommendation.WithdrawnReason) = (time.GetUtcNow(), cancellation.Reason);
        }

        return CancelAnswer.Done;
    }

    /// <summary>If two applications ask for the last place, the second waits until the first is decided.</summary>
    private Task<int> TakeQuotaAsync(RegionCode region, Profession profession, CancellationToken cancellationToken)
    {
        var key = $"quota/{region.Value}/{profession}";
        return db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({key}, 0))", cancellationToken);
    }

    /// <summary>
    /// The practices that take up the quota: licences that stand, and recommendations on which a licence can still be
    /// issued. The applicant's own practice at the same place is not counted, because a renewal takes nobody's place.
    /// </summary>
    private async Task<int> InForceAsync(
        RegionCode region, Profession profession, (Nik Nik, string FacilityKey)? own, DateOnly today,
        CancellationToken cancellationToken)
    {
        var inForce = db.Recommendations.Where(r => r.Region == region && r.Profession == profession
            && r.WithdrawnAt == null && (r.LicenceValidUntil ?? r.ValidUntil) >= today);
        if (own is var (nik, facilityKey))
        {
            inForce = inForce.Where(r => r.Nik != nik || r.FacilityKey != facilityKey);
        }

        return await inForce.Select(r => new { r.Nik, r.FacilityKey }).Distinct().CountAsync(cancellationToken);
    }

    private static StepAnswer.Completed Answer(Recommendation recommendation) => new(
        new RecommendationOutput(recommendation.Number, recommendation.ValidUntil),
        new IssuedDocument(
            "practice-recommendation", recommendation.Number, recommendation.IssuedOn, recommendation.ValidUntil));
}
