using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Bpjs.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "card_numbers",
                incrementBy: 32);

            migrationBuilder.CreateSequence(
                name: "membership_numbers",
                incrementBy: 32);

            migrationBuilder.CreateSequence(
                name: "npp_numbers",
                incrementBy: 32);

            migrationBuilder.CreateTable(
                name: "employers",
                columns: table => new
                {
                    npp_number = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    nib = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    business_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    owner_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    workers = table.Column<int>(type: "integer", nullable: false),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_employers", x => x.npp_number);
                    table.CheckConstraint("ck_employers_nib", "nib ~ '^[0-9]{13}$'");
                    table.CheckConstraint("ck_employers_npp_number", "npp_number ~ '^[0-9]{8,12}$'");
                    table.CheckConstraint("ck_employers_workers", "workers > 0");
                });

            migrationBuilder.CreateTable(
                name: "participants",
                columns: table => new
                {
                    membership_number = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    segment = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    inactive_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_participants", x => x.membership_number);
                    table.CheckConstraint("ck_participants_membership_number", "membership_number ~ '^[0-9]{13}$'");
                    table.CheckConstraint("ck_participants_reason", "(status = 'inactive') = (inactive_reason is not null)");
                    table.CheckConstraint("ck_participants_segment", "segment in ('pbi', 'ppu', 'pbpu', 'bp')");
                    table.CheckConstraint("ck_participants_status", "status in ('active', 'inactive')");
                });

            migrationBuilder.CreateTable(
                name: "sanctions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    letter_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    imposed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    lifted_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sanctions", x => x.id);
                    table.CheckConstraint("ck_sanctions_lifted", "lifted_on >= imposed_on");
                });

            migrationBuilder.CreateTable(
                name: "card_prints",
                columns: table => new
                {
                    card_number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    membership_number = table.Column<string>(type: "character varying(13)", nullable: false),
                    loss_report_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    printed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_card_prints", x => x.card_number);
                    table.ForeignKey(
                        name: "fk_card_prints_participants_membership_number",
                        column: x => x.membership_number,
                        principalTable: "participants",
                        principalColumn: "membership_number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "newborn_enrolments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    membership_number = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    mother_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    child_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    child_name_key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    birth_date = table.Column<DateOnly>(type: "date", nullable: false),
                    birth_letter_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    family_card_number = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    enrolled_on = table.Column<DateOnly>(type: "date", nullable: false),
                    premium_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    nik_due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_newborn_enrolments", x => x.id);
                    table.CheckConstraint("ck_newborn_enrolments_premium", "status <> 'awaiting-premium' or premium_due_on is not null");
                    table.CheckConstraint("ck_newborn_enrolments_status", "status in ('active', 'awaiting-premium', 'withdrawn')");
                    table.CheckConstraint("ck_newborn_enrolments_withdrawn", "(status = 'withdrawn') = (withdrawn_at is not null)");
                    table.ForeignKey(
                        name: "fk_newborn_enrolments_participants_membership_number",
                        column: x => x.membership_number,
                        principalTable: "participants",
                        principalColumn: "membership_number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_card_prints_application_id_step_id",
                table: "card_prints",
                columns: new[] { "application_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_card_prints_membership_number",
                table: "card_prints",
                column: "membership_number");

            migrationBuilder.CreateIndex(
                name: "ix_employers_application_id_step_id",
                table: "employers",
                columns: new[] { "application_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_employers_nib",
                table: "employers",
                column: "nib",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_newborn_enrolments_application_id_step_id",
                table: "newborn_enrolments",
                columns: new[] { "application_id", "step_id" },
                unique: true,
                filter: "status <> 'withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ix_newborn_enrolments_membership_number",
                table: "newborn_enrolments",
                column: "membership_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_newborn_enrolments_mother_nik_birth_date_child_name_key",
                table: "newborn_enrolments",
                columns: new[] { "mother_nik", "birth_date", "child_name_key" },
                unique: true,
                filter: "status <> 'withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ix_newborn_enrolments_mother_nik_birth_letter_number",
                table: "newborn_enrolments",
                columns: new[] { "mother_nik", "birth_letter_number" },
                unique: true,
                filter: "status <> 'withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ix_participants_nik",
                table: "participants",
                column: "nik",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sanctions_letter_number",
                table: "sanctions",
                column: "letter_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sanctions_nik",
                table: "sanctions",
                column: "nik");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "card_prints");

            migrationBuilder.DropTable(
                name: "employers");

            migrationBuilder.DropTable(
                name: "newborn_enrolments");

            migrationBuilder.DropTable(
                name: "sanctions");

            migrationBuilder.DropTable(
                name: "participants");

            migrationBuilder.DropSequence(
                name: "card_numbers");

            migrationBuilder.DropSequence(
                name: "membership_numbers");

            migrationBuilder.DropSequence(
                name: "npp_numbers");
        }
    }
}
