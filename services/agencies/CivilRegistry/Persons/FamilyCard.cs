namespace Mpp.CivilRegistry.Persons;

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

internal sealed class FamilyCardMapping : IEntityTypeConfiguration<FamilyCard>
{
    public void Configure(EntityTypeBuilder<FamilyCard> card)
    {
        card.ToTable(table => table.HasCheckConstraint("ck_family_cards_number", "number ~ '^[0-9]{16}$'"));
        card.HasKey(c => c.Number);
        card.Property(c => c.Number).HasMaxLength(16).ValueGeneratedNever();
        // Two members added at once would make the same edition twice: the second to save starts again.
        card.Property(c => c.Edition).IsConcurrencyToken();
    }
}
