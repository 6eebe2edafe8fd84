using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Mpp.Messaging;
using Mpp.Payments.Bills;

namespace Mpp.Payments.Data;

/// <summary>
/// The ledger. What must never happen to money is ruled out here, whatever the code does: two open bills of an application, two settlements of
/// a bill or under one reference, a charge that is paid by another bill's settlement or by none, and (by a trigger of the first migration, at
/// the commit) a settlement that is not the sum of the charges that it paid.
/// </summary>
internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : DbContext(options)
{
    public const string ReferenceKey = "ux_settlements_client_reference";

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Bill> Bills => Set<Bill>();

    public DbSet<Charge> Charges => Set<Charge>();

    public DbSet<Settlement> Settlements => Set<Settlement>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<BillState>().HaveConversion<StateColumn<BillState>>();
        configurationBuilder.Properties<ChargeState>().HaveConversion<StateColumn<ChargeState>>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>().ToTable("accounts").HasKey(a => a.ApplicationId).HasName("pk_accounts");
        modelBuilder.Entity<Bill>(bill =>
        {
            bill.ToTable("bills", table => table.HasCheckConstraint("ck_bills_amount", "amount_rupiah > 0")).HasKey(b => b.Id).HasName("pk_bills");
            bill.HasIndex(b => b.Code).IsUnique().HasDatabaseName("ux_bills_code");
            bill.HasIndex(b => b.ApplicationId).IsUnique().HasFilter("state = 'open'").HasDatabaseName("ux_bills_open");
            bill.HasOne(b => b.Account).WithMany().HasForeignKey(b => b.ApplicationId).HasConstraintName("fk_bills_account").OnDelete(DeleteBehavior.Restrict);
            bill.Navigation(b => b.Charges).UsePropertyAccessMode(PropertyAccessMode.Field);
        });
        modelBuilder.Entity<Settlement>(settlement =>
        {
            settlement.ToTable("settlements", table => table.HasCheckConstraint("ck_settlements_amount", "amount_rupiah > 0")).HasKey(s => s.Id).HasName("pk_settlements");
            settlement.HasAlternateKey(s => new { s.Id, s.BillId }).HasName("ak_settlements_id_bill_id");
            settlement.HasIndex(s => s.BillId).IsUnique().HasDatabaseName("ux_settlements_bill_id");
            settlement.HasIndex(s => new { s.Client, s.Reference }).IsUnique().HasDatabaseName(ReferenceKey);
            settlement.HasOne<Bill>().WithMany().HasForeignKey(s => s.BillId).HasConstraintName("fk_settlements_bill").OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<Charge>(charge =>
        {
            charge.ToTable("charges", table =>
            {
                table.HasCheckConstraint("ck_charges_amount", "amount_rupiah > 0");
                table.HasCheckConstraint("ck_charges_billed", "bill_id IS NULL OR (amount_rupiah IS NOT NULL AND purpose IS NOT NULL AND expires_at IS NOT NULL)");
                table.HasCheckConstraint("ck_charges_unbilled", "bill_id IS NOT NULL OR state IN ('lapsed', 'withdrawn')");
                table.HasCheckConstraint("ck_charges_settled", "(settlement_id IS NOT NULL) = (state IN ('settled', 'refund-due'))");
                table.HasCheckConstraint("ck_charges_refund", "(refund_due_at IS NOT NULL) = (state = 'refund-due')");
            }).HasKey(c => c.Id).HasName("pk_charges");
            charge.HasIndex(c => new { c.ApplicationId, c.StepId, c.Attempt }).IsUnique().HasDatabaseName("ux_charges_step");
            charge.HasIndex(c => new { c.RefundDueAt, c.Id }).HasFilter("state = 'refund-due'").HasDatabaseName("ix_charges_refund_due");
            charge.HasIndex(c => c.BillId).HasDatabaseName("ix_charges_bill_id");
            charge.HasIndex(c => new { c.SettlementId, c.BillId }).HasDatabaseName("ix_charges_settlement");
            charge.HasOne<Account>().WithMany().HasForeignKey(c => c.ApplicationId).HasConstraintName("fk_charges_account").OnDelete(DeleteBehavior.Restrict);
            charge.HasOne(c => c.Bill).WithMany(b => b.Charges).HasForeignKey(c => c.BillId).HasConstraintName("fk_charges_bill").OnDelete(DeleteBehavior.Restrict);
            charge.HasOne<Settlement>().WithMany().HasForeignKey(c => new { c.SettlementId, c.BillId }).HasPrincipalKey(s => new { s.Id, s.BillId })
                .HasConstraintName("fk_charges_settlement").OnDelete(DeleteBehavior.Restrict);
            charge.Ignore(c => c.Step);
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }

        modelBuilder.AddMessaging();
    }

    private sealed class StateColumn<T>() : ValueConverter<T, string>(state => Names.Of(state), text => Read(text))
        where T : struct, Enum
    {
        private static T Read(string text) => Enum.Parse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
    }
}
