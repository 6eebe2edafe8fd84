using Mpp.CivilRegistry.Persons;

namespace Mpp.CivilRegistry.ChildCards;

/// <summary>A Kartu Identitas Anak.</summary>
internal sealed class ChildIdentityCard
{
    public required string CardNumber { get; init; }

    public required Nik ChildNik { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Where the photograph is; none on the card for the youngest.</summary>
    public string? PhotoReference { get; init; }

    /// <summary>When it was replaced or withdrawn.</summary>
    public DateOnly? RevokedOn { get; set; }

    public required Guid ApplicationId { get; init; }
}

internal sealed class ChildIdentityCardMapping : IEntityTypeConfiguration<ChildIdentityCard>
{
    public void Configure(EntityTypeBuilder<ChildIdentityCard> card)
    {
        card.ToTable(table => table
            .HasCheckConstraint("ck_child_identity_cards_validity", "valid_until >= valid_from"));
        card.HasKey(c => c.CardNumber);
        card.Property(c => c.CardNumber).HasMaxLength(32).ValueGeneratedNever();
        card.Property(c => c.PhotoReference).HasMaxLength(64);
        // One card for a child at a time.
        card.HasIndex(c => c.ChildNik).IsUnique().HasFilter("revoked_on is null");
        card.HasOne<Person>().WithMany().HasForeignKey(c => c.ChildNik).OnDelete(DeleteBehavior.Restrict);
    }
}
