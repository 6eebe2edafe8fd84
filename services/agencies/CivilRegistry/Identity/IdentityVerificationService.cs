using System.ComponentModel.DataAnnotations;
using Mpp.CivilRegistry.Data;
using Mpp.CivilRegistry.Rules;

namespace Mpp.CivilRegistry.Identity;

internal sealed record IdentityInput(
    Nik Nik,
    [property: Required, MaxLength(100)] string Name,
    DateOnly? BirthDate,
    [property: RegularExpression("^[0-9]{16}$")] string? FamilyCardNumber)
{
    /// <summary>The person is asked for as a parent of this child, and may have died meanwhile.</summary>
    public DateOnly? ParentOfChildBornOn { get; init; }
}

/// <summary>What it gives back.</summary>
/// <param name="Exists">The NIK is registered.</param>
/// <param name="Active">Its holder lives.</param>
/// <param name="Name">
/// The name as registered, for the registers of others: the spelling of what was claimed and matched, nothing more.
/// </param>
/// <param name="Fields">How what was claimed compares.</param>
internal sealed record IdentityOutput(bool Exists, bool Active, string Name, IdentityFields Fields);

/// <summary>
/// Says whether a NIK exists, whether its holder lives, and whether what is claimed about the holder is true.
/// </summary>
internal sealed class IdentityVerificationService(
    CivilRegistryDbContext db, CivilRegistryRules rules) : LookupService<IdentityInput, RegisteredIdentity?>
{
    private static readonly Func<CivilRegistryDbContext, Nik[], IAsyncEnumerable<Registered>> Find =
        EF.CompileAsyncQuery((CivilRegistryDbContext db, Nik[] niks) => db.Persons
            .Where(p => niks.Contains(p.Nik))
            .Select(p => new Registered(
                p.Nik, new RegisteredIdentity(p.Name, p.BirthDate, p.FamilyCardNumber, p.DeceasedOn))));

    public override string Code => "civil-registry/identity-verification";

    protected override Task<IReadOnlyList<RegisteredIdentity?>> LookUpAsync(
        IReadOnlyList<StepRequest<IdentityInput>> requests, CancellationToken cancellationToken) =>
        FindAsync([.. requests.Select(r => r.Input.Nik)], cancellationToken);

    protected override Task<StepAnswer> PerformAsync(
        StepRequest<IdentityInput> request, RegisteredIdentity? registered, CancellationToken cancellationToken)
    {
        var input = request.Input;
        var fields = registered is null
            ? null
            : IdentityCheck.Compare(new(input.Name, input.BirthDate, input.FamilyCardNumber), registered);
        var livedOn = LivedOn(input.ParentOfChildBornOn, request.Today);
        return Task.FromResult<StepAnswer>(
            IdentityCheck.Reasons(registered, fields, livedOn) is { Count: > 0 } reasons
                ? new StepAnswer.Refused(reasons)
                : new StepAnswer.Completed(new IdentityOutput(
                    Exists: true, Active: registered!.DeceasedOn is null, registered.Name, fields!)));
    }

    /// <summary>
    /// Answers only a caller who can name the holder. Says only whether all that is named belongs together, and neither
    /// whether a NIK is registered nor which field is wrong.
    /// </summary>
    public override async Task<IReadOnlyList<Precondition>> CheckAsync(
        PrecheckRequest request, CancellationToken cancellationToken)
    {
        var (nik, name, birthDate) =
            (request.Value<Nik>("nik"), request.Text("name"), request.Value<DateOnly>("birthDate"));
        if (nik is null || name is null || birthDate is null)
        {
            return [];
        }

        var registered = (await FindAsync([nik.Value], cancellationToken))[0];
        var claim = new IdentityClaim(name, birthDate, request.Text("familyCardNumber"));
        if (registered is null || IdentityCheck.Differs(IdentityCheck.Compare(claim, registered)))
        {
            return [Judgement.Missing(IdentityCheck.NotTogether)];
        }

        var livedOn = LivedOn(request.Value<DateOnly>("parentOfChildBornOn"), request.Today);
        return Judgement.Of(
            IdentityCheck.Reasons(registered, IdentityCheck.Compare(claim, registered), livedOn),
            "nik-registered", "identity-match", "person-alive");
    }

    private DateOnly? LivedOn(DateOnly? childBornOn, DateOnly today) =>
        childBornOn?.AddDays(-rules.ConceivedWithinDays.RequiredOn(today).Value);

    /// <summary>Nothing was changed, so there is nothing to cancel.</summary>
    public override Task<CancelAnswer> CancelAsync(
        StepCancellation cancellation, CancellationToken cancellationToken) =>
        Task.FromResult(CancelAnswer.Done);

    private async Task<IReadOnlyList<RegisteredIdentity?>> FindAsync(Nik[] niks, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Nik, RegisteredIdentity>();
        await foreach (var (nik, identity) in Find(db, niks).WithCancellation(cancellationToken))
        {
            found.Add(nik, identity);
        }

        return [.. niks.Select(nik => found.GetValueOrDefault(nik))];
    }

    private sealed record Registered(Nik Nik, RegisteredIdentity Identity);
}
