using System.Text.Json.Serialization;
using Mpp.Police.LossReports;

namespace Mpp.Police.DrivingLicences;

/// <summary>Surat Izin Mengemudi.</summary>
internal sealed class DrivingLicence
{
    public required string Number { get; init; }

    public required Nik HolderNik { get; init; }

    public required LicenceClass Class { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ValidUntil { get; init; }
}

/// <summary>What may be driven. A person may have several licences.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LicenceClass>))]
internal enum LicenceClass
{
    /// <summary>Cars.</summary>
    [JsonStringEnumMemberName("A")]
    A,

    /// <summary>Motorcycles.</summary>
    [JsonStringEnumMemberName("C")]
    C,
}

/// <summary>A card that was printed to replace a lost one; number and validity of the licence stay.</summary>
internal sealed class DrivingLicencePrint
{
    public required Guid Id { get; init; }

    public required string LicenceNumber { get; init; }

    public required string LossReportNumber { get; init; }

    public required DateOnly PrintedOn { get; init; }

    /// <summary>What was paid for this one.</summary>
    public required long FeeRupiah { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string StepId { get; init; }
}

internal sealed class DrivingLicenceMapping
    : IEntityTypeConfiguration<DrivingLicence>, IEntityTypeConfiguration<DrivingLicencePrint>
{
    public void Configure(EntityTypeBuilder<DrivingLicence> licence)
    {
        licence.ToTable(table =>
        {
            table.HasCheckConstraint("ck_driving_licences_number", "number ~ '^[0-9]{14}$'");
            table.HasCheckConstraint("ck_driving_licences_class", "class in ('a', 'c')");
        });
        licence.HasKey(l => l.Number);
        licence.Property(l => l.Number).HasMaxLength(14);
        licence.HasIndex(l => new { l.HolderNik, l.Class }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<DrivingLicencePrint> print)
    {
        print.ToTable(table => table.HasCheckConstraint("ck_driving_licence_prints_fee", "fee_rupiah >= 0"));
        print.HasKey(p => p.Id);
        print.Property(p => p.LossReportNumber).HasMaxLength(64);
        print.Property(p => p.StepId).HasMaxLength(64);
        print.HasOne<DrivingLicence>().WithMany().HasForeignKey(p => p.LicenceNumber).OnDelete(DeleteBehavior.Restrict);
        print.HasOne<LossReport>().WithMany().HasForeignKey(p => p.LossReportNumber).OnDelete(DeleteBehavior.Restrict);
        print.HasIndex(p => new { p.ApplicationId, p.StepId, p.LicenceNumber }).IsUnique();
    }
}
