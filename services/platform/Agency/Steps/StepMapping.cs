using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Mpp.Contracts;

namespace Mpp.Agency.Steps;

internal sealed class StepMapping : IEntityTypeConfiguration<StepRow>
{
    public const string Table = "steps";

    public void Configure(EntityTypeBuilder<StepRow> step)
    {
        step.ToTable(Table);
        step.HasKey(s => new { s.ApplicationId, s.StepId, s.Attempt });
        step.Property(s => s.ApplicationId).HasColumnName("application_id");
        step.Property(s => s.StepId).HasColumnName("step_id");
        step.Property(s => s.Attempt).HasColumnName("attempt").ValueGeneratedNever();
        step.Property(s => s.Service).HasColumnName("service");
        step.Property(s => s.ApplicationNumber).HasColumnName("application_number").HasConversion(n => n!.Value.Value, t => ApplicationNumber.Parse(t, null));
        step.Property(s => s.Region).HasColumnName("region").HasConversion(r => r!.Value.Value, t => RegionCode.Parse(t, null));
        step.Property(s => s.ReceivedAt).HasColumnName("received_at");
        step.Property(s => s.DueAt).HasColumnName("due_at");
        step.Property(s => s.State).HasColumnName("state").HasConversion(s => ToText(s), t => ToState(t));
        step.Property(s => s.AnswerKind).HasColumnName("answer_kind");
        step.Property(s => s.Answer).HasColumnName("answer").HasColumnType("jsonb");
        step.Property(s => s.AnsweredAt).HasColumnName("answered_at");
        step.Property(s => s.BoundByLaw).HasColumnName("bound_by_law");
        step.Property(s => s.Channel).HasColumnName("channel");
        step.Property(s => s.Inputs).HasColumnName("inputs").HasColumnType("jsonb");
        step.Property(s => s.Corrected).HasColumnName("corrected").HasColumnType("jsonb");
        step.Property(s => s.Paid).HasColumnName("paid").HasColumnType("jsonb");
        // An officer's late answer and a cancellation may meet; the second to save starts again.
        step.Property<uint>("xmin").HasColumnType("xid").IsRowVersion();
        // The work list is short; most rows are final and stay out of its index.
        step.HasIndex(s => new { s.Service, s.ReceivedAt }, "ix_steps_open")
            .HasFilter($"state in ('{ToText(StepState.InHand)}', '{ToText(StepState.AwaitingPayment)}')");
    }

    public static string ToText(StepState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    public static StepState ToState(string text) => Enum.Parse<StepState>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}
