using System.ComponentModel.DataAnnotations;
using Mpp.Health.Data;

namespace Mpp.Health.Recommendations;

/// <summary>What <c>health/practice-record</c> takes.</summary>
internal sealed record PracticeRecordInput
{
    [StringLength(64, MinimumLength = 1)]
    public required string RecommendationNumber { get; init; }

    [StringLength(64, MinimumLength = 1)]
    public required string LicenceNumber { get; init; }

    public required DateOnly LicenceValidUntil { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record PracticeRecordOutput(string RecommendationNumber);

/// <summary>
/// Tells the health office of the licence that was issued on its recommendation, so that the practice counts against
/// the quota for as long as the licence stands.
/// </summary>
internal sealed class PracticeRecordService(HealthDbContext db) : AgencyService<PracticeRecordInput>
{
    public override string Code => "health/practice-record";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<PracticeRecordInput> request, CancellationToken cancellationToken)
    {
        var input = request.Input;
        if (await db.Recommendations.FirstOrDefaultAsync(
            r => r.Number == input.RecommendationNumber && r.WithdrawnAt == null, cancellationToken) is not { } found)
        {
            return new StepAnswer.Refused(new StepReason("recommendation-stands",
                new("Rekomendasi tidak ada atau sudah ditarik.", "There is no such "
                    + "recommendation, or it is withdrawn."),
                "/recommendationNumber", "UU 17/2023 art. 263"));
        }

        (found.LicenceNumber, found.LicenceValidUntil) = (input.LicenceNumber, input.LicenceValidUntil);
        return new StepAnswer.Completed(new PracticeRecordOutput(found.Number));
    }

    /// <summary>
    /// The licence is revoked. The recommendation and its place in the quota are withdrawn by its own step.
    /// </summary>
    public override async Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken)
    {
        if (cancellation.Completed?.GetProperty("recommendationNumber").GetString() is { } number
            && await db.Recommendations.FirstOrDefaultAsync(r => r.Number == number, cancellationToken) is { } found)
        {
            (found.LicenceNumber, found.LicenceValidUntil) = (null, null);
        }

        return CancelAnswer.Done;
    }
}
