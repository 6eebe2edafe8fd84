using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mpp.Agency.Steps;

/// <summary>The table that <c>Scripts/001_steps.sql</c> makes.</summary>
internal sealed class StepMapping : IEntityTypeConfiguration<StepRow>
{
    public const string Table = "steps";

    public void Configure(EntityTypeBuilder<StepRow> step)
    {
        step.ToTable(Table, table => table.ExcludeFromMigrations());
        step.HasKey(s => new { s.ApplicationId, s.StepId, s.Attempt });
        step.Property(s => s.Answer).HasColumnType("jsonb");
        step.Property(s => s.Rejected).HasColumnType("jsonb");
        step.Property(s => s.Channel);
        step.Property(s => s.Inputs).HasColumnType("jsonb");
        step.Property(s => s.Corrected).HasColumnType("jsonb");
        step.Property(s => s.Paid).HasColumnType("jsonb");
        // An officer's late answer and a cancellation may meet; the second to save starts again.
        step.Property<uint>("xmin").HasColumnType("xid").IsRowVersion();
    }
}
