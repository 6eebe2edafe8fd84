using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Police.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "loss_report_numbers",
                incrementBy: 32);

            migrationBuilder.CreateTable(
                name: "driving_licences",
                columns: table => new
                {
                    number = table.Column<string>(type: "character varying(14)", maxLength: 14, nullable: false),
                    holder_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(32)", maxLength: 32, nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_driving_licences", x => x.number);
                    table.CheckConstraint("ck_driving_licences_class", "class in ('a', 'c')");
                    table.CheckConstraint("ck_driving_licences_number", "number ~ '^[0-9]{14}$'");
                });

            migrationBuilder.CreateTable(
                name: "loss_reports",
                columns: table => new
                {
                    number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    reporter_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reporter_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    lost_on = table.Column<DateOnly>(type: "date", nullable: false),
                    lost_at = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    identity_card = table.Column<bool>(type: "boolean", nullable: false),
                    membership_card = table.Column<bool>(type: "boolean", nullable: false),
                    driving_licence = table.Column<bool>(type: "boolean", nullable: false),
                    others = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loss_reports", x => x.number);
                    table.CheckConstraint("ck_loss_reports_lost", "identity_card or membership_card or driving_licence or others is not null");
                    table.CheckConstraint("ck_loss_reports_lost_on", "lost_on <= issued_on");
                });

            migrationBuilder.CreateTable(
                name: "police_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    opened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_police_records", x => x.id);
                    table.CheckConstraint("ck_police_records_closed", "(state = 'closed') = (closed_on is not null) and closed_on >= opened_on");
                    table.CheckConstraint("ck_police_records_state", "state in ('open', 'closed')");
                });

            migrationBuilder.CreateTable(
                name: "skck",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    unit = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    serial = table.Column<int>(type: "integer", nullable: false),
                    holder_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    holder_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    holder_birth_date = table.Column<DateOnly>(type: "date", nullable: false),
                    purpose = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    level = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    states_record = table.Column<bool>(type: "boolean", nullable: false),
                    extends = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    identity_document = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    jkn_status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    jkn_proof = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: false),
                    fee_rupiah = table.Column<long>(type: "bigint", nullable: false),
                    fee_collected = table.Column<bool>(type: "boolean", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_skck", x => x.id);
                    table.CheckConstraint("ck_skck_fee", "fee_rupiah >= 0");
                    table.CheckConstraint("ck_skck_month", "month = date_trunc('month', issued_on)::date");
                    table.CheckConstraint("ck_skck_serial", "serial > 0");
                    table.CheckConstraint("ck_skck_validity", "valid_until > issued_on");
                });

            migrationBuilder.CreateTable(
                name: "driving_licence_prints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    licence_number = table.Column<string>(type: "character varying(14)", nullable: false),
                    loss_report_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    printed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    fee_rupiah = table.Column<long>(type: "bigint", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_driving_licence_prints", x => x.id);
                    table.CheckConstraint("ck_driving_licence_prints_fee", "fee_rupiah >= 0");
                    table.ForeignKey(
                        name: "fk_driving_licence_prints_driving_licences_licence_number",
                        column: x => x.licence_number,
                        principalTable: "driving_licences",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_driving_licence_prints_loss_reports_loss_report_number",
                        column: x => x.loss_report_number,
                        principalTable: "loss_reports",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_driving_licence_prints_application_id_step_id_licence_number",
                table: "driving_licence_prints",
                columns: new[] { "application_id", "step_id", "licence_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_driving_licence_prints_licence_number",
                table: "driving_licence_prints",
                column: "licence_number");

            migrationBuilder.CreateIndex(
                name: "ix_driving_licence_prints_loss_report_number",
                table: "driving_licence_prints",
                column: "loss_report_number");

            migrationBuilder.CreateIndex(
                name: "ix_driving_licences_holder_nik_class",
                table: "driving_licences",
                columns: new[] { "holder_nik", "class" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_loss_reports_application_id_step_id",
                table: "loss_reports",
                columns: new[] { "application_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_police_records_case_number",
                table: "police_records",
                column: "case_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_police_records_nik",
                table: "police_records",
                column: "nik");

            migrationBuilder.CreateIndex(
                name: "ix_skck_application_id_step_id",
                table: "skck",
                columns: new[] { "application_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_skck_holder_nik",
                table: "skck",
                column: "holder_nik");

            migrationBuilder.CreateIndex(
                name: "ix_skck_number",
                table: "skck",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_skck_unit_month_serial",
                table: "skck",
                columns: new[] { "unit", "month", "serial" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "driving_licence_prints");

            migrationBuilder.DropTable(
                name: "police_records");

            migrationBuilder.DropTable(
                name: "skck");

            migrationBuilder.DropTable(
                name: "driving_licences");

            migrationBuilder.DropTable(
                name: "loss_reports");

            migrationBuilder.DropSequence(
                name: "loss_report_numbers");
        }
    }
}
