using System.ComponentModel.DataAnnotations;
using Mpp.Health.Data;

namespace Mpp.Health.Registrations;

/// <summary>What <c>health/registration-status</c> takes.</summary>
internal sealed record RegistrationInput
{
    public required Nik Nik { get; init; }

    [RegularExpression("[A-Z]{2}[0-9]{14}|[0-9]{16}")]
    public required string StrNumber { get; init; }

    /// <summary>A licence for this place exists and ends: then the credits count as well.</summary>
    public bool? Renewal { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record RegistrationOutput(string StrNumber, Profession Profession, DateOnly? ValidUntil);

/// <summary>Whether a person is a registered health worker, and as what.</summary>
internal sealed class RegistrationStatusService(HealthDbContext db) : AgencyService<RegistrationInput>
{
    public override string Code => "health/registration-status";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<RegistrationInput> request, CancellationToken cancellationToken)
    {
        var input = request.Input;
        var registration = await FindAsync(input.Nik, cancellationToken);
        var corrections = RegistrationRules.Corrections(registration, input.StrNumber);
        if (RegistrationRules.Refusals(registration, input.Renewal == true, request.Today) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused([.. refusals, .. corrections]);
        }

        return corrections.Count > 0
            ? new StepAnswer.CorrectionRequested(corrections)
            : new StepAnswer.Completed(Output(registration!));
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        if (request.Value<Nik>("nik") is not { } nik)
        {
            return [];
        }

        var (number, renewal) = (request.Text("strNumber"), request.Value<bool>("renewal") == true);
        var registration = await FindAsync(nik, cancellationToken);
        return Judgement.Of(
            [.. RegistrationRules.Refusals(registration, renewal, request.Today),
                .. number is null ? (StepReason[])[] : RegistrationRules.Corrections(registration, number)],
            [
                "str-registered",
                .. registration is null ? (string[])[] : ["str-valid"],
                .. registration is null || !renewal ? (string[])[] : ["skp-adequate"],
            ]);
    }

    /// <summary>Foresees everything, because the service only looks.</summary>
    public override async Task<object?> ForeseeAsync(PrecheckRequest request, CancellationToken cancellationToken) =>
        request.Value<Nik>("nik") is { } nik && await FindAsync(nik, cancellationToken) is { } registration
            ? Output(registration)
            : null;

    /// <summary>Nothing was changed, so there is nothing to cancel.</summary>
    public override Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken) => Task.FromResult(CancelAnswer.Done);

    private static RegistrationOutput Output(Registration registration) =>
        new(registration.StrNumber, registration.Profession, registration.ValidUntil);

    private Task<Registration?> FindAsync(Nik nik, CancellationToken cancellationToken) =>
        db.Registrations.AsNoTracking().FirstOrDefaultAsync(r => r.Nik == nik, cancellationToken);
}
