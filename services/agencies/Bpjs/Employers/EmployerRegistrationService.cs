using System.ComponentModel.DataAnnotations;
using Mpp.Bpjs.Data;

namespace Mpp.Bpjs.Employers;

/// <summary>What <c>bpjs/employer-registration</c> takes.</summary>
internal sealed record EmployerInput
{
    [RegularExpression("[0-9]{13}")]
    public required string Nib { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string BusinessName { get; init; }

    public required Nik OwnerNik { get; init; }

    public required int Workers { get; init; }
}

/// <summary>What it gives back.</summary>
internal sealed record EmployerOutput(string NppNumber);

/// <summary>Registration of an employer for employment social security; gives the NPP.</summary>
internal sealed class EmployerRegistrationService(
    BpjsDbContext db, DocumentNumbers numbers) : AgencyService<EmployerInput>
{
    public override string Code => "bpjs/employer-registration";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<EmployerInput> request, CancellationToken cancellationToken)
    {
        var (input, today, step) = (request.Input, request.Today, request.Step);
        var registered = await db.Employers.AsNoTracking()
            .FirstOrDefaultAsync(e => e.Nib == input.Nib, cancellationToken);
        if (registered is not null
            && registered.ApplicationId == step.ApplicationId && registered.StepId == step.StepId)
        {
            return Answer(registered);
        }

        var sanctioned = await IsSanctionedAsync(input.OwnerNik, today, cancellationToken);
        if (EmployerRules.Refusals(input.Workers, registered is not null, sanctioned) is { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused(refusals);
        }

        var employer = new Employer
        {
            NppNumber = EmployerRules.NppNumber(
                today, await numbers.NextAsync(db, BpjsDbContext.NppNumbers, cancellationToken)),
            Nib = input.Nib,
            BusinessName = input.BusinessName,
            OwnerNik = input.OwnerNik,
            Workers = input.Workers,
            RegisteredOn = today,
            ApplicationId = step.ApplicationId,
            StepId = step.StepId,
        };
        db.Employers.Add(employer);
        return Answer(employer);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var (owner, workers, nib) =
            (request.Value<Nik>("ownerNik"), request.Value<int>("workers"), request.Text("nib"));
        var sanctioned = owner is { } nik && await IsSanctionedAsync(nik, request.Today, cancellationToken);
        var registered = nib is not null && await db.Employers.AnyAsync(e => e.Nib == nib, cancellationToken);
        return Judgement.Of(
            EmployerRules.Refusals(workers ?? 1, registered, sanctioned),
            [
                .. workers is null ? (string[])[] : ["has-workers"],
                .. nib is null ? (string[])[] : ["nib-not-registered"],
                .. owner is null ? (string[])[] : ["no-sanction"],
            ]);
    }

    private Task<bool> IsSanctionedAsync(Nik owner, DateOnly today, CancellationToken cancellationToken) =>
        db.Sanctions.AnyAsync(s => s.Nik == owner && s.ImposedOn <= today && (s.LiftedOn == null || s.LiftedOn > today),
            cancellationToken);

    private static StepAnswer.Completed Answer(Employer employer) => new(
        new EmployerOutput(employer.NppNumber),
        new IssuedDocument("npp", employer.NppNumber, employer.RegisteredOn, ValidUntil: null));
}
