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
        if (EmployerRules.Refusals(
            input.Workers, nibOfAnother: registered is not null && registered.OwnerNik != input.OwnerNik) is
            { Count: > 0 } refusals)
        {
            return new StepAnswer.Refused(refusals);
        }

        // One employer has one number: whoever registers a second line of business is told the existing number.
        if (registered is not null)
        {
            return Answer(registered);
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
        await EndGroundOfSanctionAsync(input.OwnerNik, today, cancellationToken);
        return Answer(employer);
    }

    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var (owner, workers, nib) =
            (request.Value<Nik>("ownerNik"), request.Value<int>("workers"), request.Text("nib"));
        var known = owner is not null && nib is not null;
        var ofAnother =
            known && await db.Employers.AnyAsync(e => e.Nib == nib && e.OwnerNik != owner, cancellationToken);
        return Judgement.Of(
            EmployerRules.Refusals(workers ?? 1, ofAnother),
            [
                .. workers is null ? (string[])[] : ["has-workers"],
                .. known ? (string[])["nib-not-registered"] : [],
            ]);
    }

    /// <summary>
    /// A sanction stands until its fine is paid and an officer lifts it, but its ground has ended with the
    /// registration.
    /// </summary>
    private Task<int> EndGroundOfSanctionAsync(Nik owner, DateOnly today, CancellationToken cancellationToken) =>
        db.Sanctions.Where(s => s.Nik == owner && s.LiftedOn == null && s.RegisteredOn == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RegisteredOn, today), cancellationToken);

    private static StepAnswer.Completed Answer(Employer employer) => new(
        new EmployerOutput(employer.NppNumber),
        new IssuedDocument("npp", employer.NppNumber, employer.RegisteredOn, ValidUntil: null));
}
