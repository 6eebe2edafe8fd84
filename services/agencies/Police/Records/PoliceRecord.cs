namespace Mpp.Police.Records;

/// <summary>A criminal case against a person, as the detective units keep it.</summary>
internal sealed class PoliceRecord
{
    public required Guid Id { get; init; }

    public required string CaseNumber { get; init; }

    public required Nik Nik { get; init; }

    public required CaseState State { get; init; }

    public required DateOnly OpenedOn { get; init; }

    public DateOnly? ClosedOn { get; init; }
}

/// <summary>Whether a case still runs.</summary>
internal enum CaseState
{
    Open,
    Closed,
}

internal sealed class PoliceRecordMapping : IEntityTypeConfiguration<PoliceRecord>
{
    public void Configure(EntityTypeBuilder<PoliceRecord> record)
    {
        record.ToTable("police_records", table =>
        {
            table.HasCheckConstraint("ck_police_records_state", "state in ('open', 'closed')");
            table.HasCheckConstraint(
                "ck_police_records_closed", "(state = 'closed') = (closed_on is not null) and closed_on >= opened_on");
        });
        record.HasKey(r => r.Id);
        record.Property(r => r.CaseNumber).HasMaxLength(64);
        record.HasIndex(r => r.CaseNumber).IsUnique();
        record.HasIndex(r => r.Nik);
    }
}
