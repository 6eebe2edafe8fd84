using Mpp.Bpjs.Members;

namespace Mpp.Bpjs.Cards;

/// <summary>A JKN card that was printed to replace a lost one; the membership number stays.</summary>
internal sealed class CardPrint
{
    public required string CardNumber { get; init; }

    public required string MembershipNumber { get; init; }

    public required string LossReportNumber { get; init; }

    public required DateOnly PrintedOn { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal sealed class CardPrintMapping : IEntityTypeConfiguration<CardPrint>
{
    public void Configure(EntityTypeBuilder<CardPrint> print)
    {
        print.HasKey(p => p.CardNumber);
        print.Property(p => p.CardNumber).HasMaxLength(32);
        print.Property(p => p.LossReportNumber).HasMaxLength(64);
        print.Property(p => p.StepId).HasMaxLength(64);
        print.HasOne<Participant>().WithMany().HasForeignKey(p => p.MembershipNumber).OnDelete(DeleteBehavior.Restrict);
        print.HasIndex(p => new { p.ApplicationId, p.StepId }).IsUnique();
    }
}
