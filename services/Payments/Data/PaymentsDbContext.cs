using Mpp.Hosting;
using Mpp.Hosting.Idempotency;
using Mpp.Messaging;
using Mpp.Payments.Bills;

namespace Mpp.Payments.Data;

/// <summary>
/// The ledger. What must never happen to money is ruled out here, whatever the code does: two open bills of an
/// application for one payee, two payments of a bill or under one reference, a fee that is paid by another bill's
/// payment or by none, two repayments of a fee, one repayment of several fees, and (at the commit, by
/// <see cref="PaymentTrigger"/>) a payment that is not the sum of the fees that it paid.
/// </summary>
internal sealed class PaymentsDbContext(DbContextOptions<PaymentsDbContext> options) : DbContext(options)
{
    public const string ReferenceKey = "ix_payments_client_reference";

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Bill> Bills => Set<Bill>();

    public DbSet<Fee> Fees => Set<Fee>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Repayment> Repayments => Set<Repayment>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>().HasKey(a => a.ApplicationId);
        modelBuilder.Entity<Bill>(bill =>
        {
            bill.ToTable(table => table.HasCheckConstraint("ck_bills_amount", "amount_rupiah > 0"));
            bill.HasIndex(b => b.Code).IsUnique();
            bill.Property(b => b.Payee).HasMaxLength(64);
            bill.HasIndex(b => new { b.ApplicationId, b.Payee }).IsUnique().HasFilter("state = 'open'");
            bill.HasOne(b => b.Account).WithMany().HasForeignKey(b => b.ApplicationId)
                .OnDelete(DeleteBehavior.Restrict);
            bill.Navigation(b => b.Fees).UsePropertyAccessMode(PropertyAccessMode.Field);
        });
        modelBuilder.Entity<Payment>(payment =>
        {
            payment.ToTable(table => table.HasCheckConstraint("ck_payments_amount", "amount_rupiah > 0"));
            payment.HasAlternateKey(s => new { s.Id, s.BillId });
            payment.HasIndex(s => s.BillId).IsUnique();
            payment.HasIndex(s => new { s.Client, s.Reference }).IsUnique().HasDatabaseName(ReferenceKey);
            payment.HasOne<Bill>().WithMany().HasForeignKey(s => s.BillId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<Repayment>(repayment =>
        {
            repayment.ToTable(table => table.HasCheckConstraint("ck_repayments_amount", "amount_rupiah > 0"));
            repayment.HasAlternateKey(r => new { r.Id, r.AmountRupiah });
        });
        modelBuilder.Entity<Fee>(fee =>
        {
            fee.ToTable(table =>
            {
                table.HasCheckConstraint("ck_fees_amount", "amount_rupiah > 0");
                table.HasCheckConstraint("ck_fees_billed", "bill_id IS NULL OR (amount_rupiah IS "
                    + "NOT NULL AND purpose IS NOT NULL AND expires_at IS NOT NULL)");
                table.HasCheckConstraint("ck_fees_unbilled", "bill_id IS NOT NULL OR state IN ('lapsed', 'withdrawn')");
                table.HasCheckConstraint(
                    "ck_fees_paid", "(payment_id IS NOT NULL) = (state IN ('paid', 'refund-due', 'paid-back'))");
                table.HasCheckConstraint(
                    "ck_fees_refund", "(refund_due_at IS NOT NULL) = (state IN ('refund-due', 'paid-back'))");
                table.HasCheckConstraint("ck_fees_repaid", "(repayment_id IS NOT NULL) = (state = 'paid-back')");
            });
            fee.HasIndex(c => new { c.ApplicationId, c.StepId, c.Attempt }).IsUnique();
            fee.HasIndex(c => new { c.RefundDueAt, c.Id }).HasFilter("state = 'refund-due'");
            fee.HasOne<Account>().WithMany().HasForeignKey(c => c.ApplicationId).OnDelete(DeleteBehavior.Restrict);
            fee.HasOne(c => c.Bill).WithMany(b => b.Fees).HasForeignKey(c => c.BillId)
                .OnDelete(DeleteBehavior.Restrict);
            fee.HasOne<Payment>().WithMany()
                .HasForeignKey(c => new { c.PaymentId, c.BillId }).HasPrincipalKey(s => new { s.Id, s.BillId })
                .OnDelete(DeleteBehavior.Restrict);
            fee.HasIndex(c => new { c.RepaymentId, c.AmountRupiah }).IsUnique();
            // The amount that is given back is the fee's.
            fee.HasOne<Repayment>().WithMany()
                .HasForeignKey(c => new { c.RepaymentId, c.AmountRupiah })
                .HasPrincipalKey(r => new { r.Id, r.AmountRupiah }).OnDelete(DeleteBehavior.Restrict);
            fee.Ignore(c => c.Step);
        });
        modelBuilder.AddIdempotency();
        modelBuilder.AddMessaging();
    }
}
