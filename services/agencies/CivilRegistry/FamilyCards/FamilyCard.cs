using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Mpp.Contracts;
using Mpp.CivilRegistry.Persons;

namespace Mpp.CivilRegistry.FamilyCards;

/// <summary>A Kartu Keluarga. Its number stays when members come and go; each change is a new edition.</summary>
internal sealed class FamilyCard
{
    /// <summary>Sixteen digits.</summary>
    public required string Number { get; init; }

    /// <summary>The district of residence.</summary>
    public required RegionCode Region { get; init; }

    /// <summary>The day of the latest edition.</summary>
    public required DateOnly IssuedOn { get; set; }

    /// <summary>From 1.</summary>
    public required int Edition { get; set; }
}

/// <summary>An edition that came of an application, and why.</summary>
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

internal sealed class FamilyCardMapping : IEntityTypeConfiguration<FamilyCard>, IEntityTypeConfiguration<FamilyCardEdition>
{
    public void Configure(EntityTypeBuilder<FamilyCard> card)
    {
        card.ToTable("family_cards", table => table.HasCheckConstraint("ck_family_cards_number", "number ~ '^[0-9]{16}$'"));
        card.HasKey(c => c.Number);
        card.Property(c => c.Number).HasMaxLength(16).ValueGeneratedNever();
        // Two members added at once would make the same edition twice: the second to save starts again.
        card.Property(c => c.Edition).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<FamilyCardEdition> edition)
    {
        edition.ToTable("family_card_editions");
        edition.HasKey(e => new { e.FamilyCardNumber, e.Edition });
        edition.HasOne<FamilyCard>().WithMany().HasForeignKey(e => e.FamilyCardNumber).OnDelete(DeleteBehavior.Restrict);
        edition.HasOne<Person>().WithMany().HasForeignKey(e => e.MemberNik).OnDelete(DeleteBehavior.Restrict);
        edition.HasIndex(e => new { e.ApplicationId, e.StepId });
    }
}
