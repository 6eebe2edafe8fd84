using Mpp.CivilRegistry.Persons;

namespace Mpp.CivilRegistry.IdentityCards;

/// <summary>A KTP-el that was printed to replace a lost one. The number on it is the NIK and stays.</summary>
internal sealed class IdentityCardPrint
{
    /// <summary>Of the print, not of the card: <c>7402-KTP-22112026-0001</c>.</summary>
    public required string PrintNumber { get; init; }

    public required Nik HolderNik { get; init; }

    public required string LossReportNumber { get; init; }

    public required DateOnly PrintedOn { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal sealed class IdentityCardPrintMapping : IEntityTypeConfiguration<IdentityCardPrint>
{
    public void Configure(EntityTypeBuilder<IdentityCardPrint> print)
    {
        print.HasKey(p => p.PrintNumber);
        print.Property(p => p.PrintNumber).HasMaxLength(32).ValueGeneratedNever();
        print.Property(p => p.LossReportNumber).HasMaxLength(64);
        print.Property(p => p.StepId).HasMaxLength(64);
        print.HasOne<Person>().WithMany().HasForeignKey(p => p.HolderNik).OnDelete(DeleteBehavior.Restrict);
        print.HasIndex(p => p.LossReportNumber).IsUnique();
        print.HasIndex(p => new { p.ApplicationId, p.StepId }).IsUnique();
    }
}
