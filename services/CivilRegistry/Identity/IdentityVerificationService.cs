using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Mpp.Agency;
using Mpp.Contracts;
using Mpp.CivilRegistry.Data;

namespace Mpp.CivilRegistry.Identity;

internal sealed record IdentityInput(
    Nik Nik,
    [property: Required, MaxLength(100)] string Name,
    DateOnly? BirthDate,
    [property: RegularExpression("^[0-9]{16}$")] string? FamilyCardNumber);

internal sealed record IdentityOutput(bool Exists, bool Active, IdentityFields Fields);

/// <summary>Says whether a NIK exists, its holder lives, and what is claimed about the holder is so.</summary>
internal sealed class IdentityVerificationService(CivilRegistryDb db) : AgencyService<IdentityInput>
{
    private static readonly Func<CivilRegistryDb, Nik, CancellationToken, Task<RegisteredIdentity?>> Find = EF.CompileAsyncQuery(
        (CivilRegistryDb db, Nik nik, CancellationToken cancellationToken) => db.Persons
            .Where(p => p.Nik == nik)
            .Select(p => new RegisteredIdentity(p.Name, p.BirthDate, p.FamilyCardNumber, p.DeceasedOn))
            .SingleOrDefault());

    public override string Code => "civil-registry/identity-verification";

    public override async Task<StepAnswer> PerformAsync(StepRequest<IdentityInput> request, CancellationToken cancellationToken)
    {
        var registered = await Find(db, request.Input.Nik, cancellationToken);
        var fields = registered is null ? null : IdentityCheck.Compare(request.Input, registered);
        return IdentityCheck.Reasons(registered, fields) is { Count: > 0 } reasons
            ? new StepAnswer.Rejected(reasons)
            : new StepAnswer.Completed(new IdentityOutput(Exists: true, Active: true, fields!));
    }

    /// <summary>Nothing was changed, so there is nothing to undo.</summary>
    public override Task<CancelAnswer> CancelAsync(StepCancellation cancellation, CancellationToken cancellationToken) =>
        Task.FromResult(CancelAnswer.Done);
}
