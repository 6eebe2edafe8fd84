using Mpp.CivilRegistry.Persons;

namespace Mpp.CivilRegistry.FamilyCards;

/// <summary>An edition that was issued for an application, and why.</summary>
internal sealed class FamilyCardEdition
{
    public required string FamilyCardNumber { get; init; }

    public required int Edition { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required FamilyCardChange Change { get; init; }

    public required Nik MemberNik { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal enum FamilyCardChange
{
    MemberAdded,
    MemberRemoved,
}

internal sealed class FamilyCardEditionMapping : IEntityTypeConfiguration<FamilyCardEdition>
{
    public void Configure(EntityTypeBuilder<FamilyCardEdition> edition)
    {
        edition.HasKey(e => new { e.FamilyCardNumber, e.Edition });
        edition.HasOne<FamilyCard>()
            .WithMany().HasForeignKey(e => e.FamilyCardNumber).OnDelete(DeleteBehavior.Restrict);
        edition.HasOne<Person>().WithMany().HasForeignKey(e => e.MemberNik).OnDelete(DeleteBehavior.Restrict);
        edition.HasIndex(e => new { e.ApplicationId, e.StepId });
    }
}
