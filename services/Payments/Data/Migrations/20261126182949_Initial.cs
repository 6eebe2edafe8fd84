using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_number = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.application_id);
                });

            migrationBuilder.CreateTable(
                name: "repayments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    amount_rupiah = table.Column<long>(type: "bigint", nullable: false),
                    paid_back_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    client = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repayments", x => x.id);
                    table.UniqueConstraint("ak_repayments_id_amount_rupiah", x => new { x.id, x.amount_rupiah });
                    table.CheckConstraint("ck_repayments_amount", "amount_rupiah > 0");
                });

            migrationBuilder.CreateTable(
                name: "bills",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payee = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    amount_rupiah = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bills", x => x.id);
                    table.CheckConstraint("ck_bills_amount", "amount_rupiah > 0");
                    table.ForeignKey(
                        name: "fk_bills_accounts_application_id",
                        column: x => x.application_id,
                        principalTable: "accounts",
                        principalColumn: "application_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    bill_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    amount_rupiah = table.Column<long>(type: "bigint", nullable: false),
                    paid_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payments", x => x.id);
                    table.UniqueConstraint("ak_payments_id_bill_id", x => new { x.id, x.bill_id });
                    table.CheckConstraint("ck_payments_amount", "amount_rupiah > 0");
                    table.ForeignKey(
                        name: "fk_payments_bills_bill_id",
                        column: x => x.bill_id,
                        principalTable: "bills",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "fees",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    bill_id = table.Column<Guid>(type: "uuid", nullable: true),
                    amount_rupiah = table.Column<long>(type: "bigint", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refund_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    repayment_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fees", x => x.id);
                    table.CheckConstraint("ck_fees_amount", "amount_rupiah > 0");
                    table.CheckConstraint("ck_fees_billed", "bill_id IS NULL OR (amount_rupiah IS NOT NULL AND purpose IS NOT NULL AND expires_at IS NOT NULL)");
                    table.CheckConstraint("ck_fees_paid", "(payment_id IS NOT NULL) = (state IN ('paid', 'refund-due', 'paid-back'))");
                    table.CheckConstraint("ck_fees_refund", "(refund_due_at IS NOT NULL) = (state IN ('refund-due', 'paid-back'))");
                    table.CheckConstraint("ck_fees_repaid", "(repayment_id IS NOT NULL) = (state = 'paid-back')");
                    table.CheckConstraint("ck_fees_unbilled", "bill_id IS NOT NULL OR state IN ('lapsed', 'withdrawn')");
                    table.ForeignKey(
                        name: "fk_fees_accounts_application_id",
                        column: x => x.application_id,
                        principalTable: "accounts",
                        principalColumn: "application_id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_fees_bills_bill_id",
                        column: x => x.bill_id,
                        principalTable: "bills",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_fees_payments_payment_id_bill_id",
                        columns: x => new { x.payment_id, x.bill_id },
                        principalTable: "payments",
                        principalColumns: new[] { "id", "bill_id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_fees_repayments_repayment_id_amount_rupiah",
                        columns: x => new { x.repayment_id, x.amount_rupiah },
                        principalTable: "repayments",
                        principalColumns: new[] { "id", "amount_rupiah" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_bills_application_id_payee",
                table: "bills",
                columns: new[] { "application_id", "payee" },
                unique: true,
                filter: "state = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_bills_code",
                table: "bills",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fees_application_id_step_id_attempt",
                table: "fees",
                columns: new[] { "application_id", "step_id", "attempt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fees_bill_id",
                table: "fees",
                column: "bill_id");

            migrationBuilder.CreateIndex(
                name: "ix_fees_payment_id_bill_id",
                table: "fees",
                columns: new[] { "payment_id", "bill_id" });

            migrationBuilder.CreateIndex(
                name: "ix_fees_refund_due_at_id",
                table: "fees",
                columns: new[] { "refund_due_at", "id" },
                filter: "state = 'refund-due'");

            migrationBuilder.CreateIndex(
                name: "ix_fees_repayment_id_amount_rupiah",
                table: "fees",
                columns: new[] { "repayment_id", "amount_rupiah" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payments_bill_id",
                table: "payments",
                column: "bill_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payments_client_reference",
                table: "payments",
                columns: new[] { "client", "reference" },
                unique: true);

            migrationBuilder.Sql(PaymentTrigger.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PaymentTrigger.Drop);

            migrationBuilder.DropTable(
                name: "fees");

            migrationBuilder.DropTable(
                name: "payments");

            migrationBuilder.DropTable(
                name: "repayments");

            migrationBuilder.DropTable(
                name: "bills");

            migrationBuilder.DropTable(
                name: "accounts");
        }
    }
}
