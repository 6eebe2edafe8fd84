using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.CivilRegistry.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "birth_certificate_numbers",
                incrementBy: 32);

            migrationBuilder.CreateSequence(
                name: "child_identity_card_numbers",
                incrementBy: 32);

            migrationBuilder.CreateSequence(
                name: "identity_card_print_numbers",
                incrementBy: 32);

            migrationBuilder.CreateTable(
                name: "family_cards",
                columns: table => new
                {
                    number = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    edition = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_family_cards", x => x.number);
                    table.CheckConstraint("ck_family_cards_number", "number ~ '^[0-9]{16}$'");
                });

            migrationBuilder.CreateTable(
                name: "persons",
                columns: table => new
                {
                    nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    sex = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    birth_date = table.Column<DateOnly>(type: "date", nullable: false),
                    birth_place = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    marital_status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    mother_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    father_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    family_card_number = table.Column<string>(type: "character varying(16)", nullable: true),
                    family_role = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    deceased_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_persons", x => x.nik);
                    table.CheckConstraint("ck_persons_deceased_on", "deceased_on >= birth_date");
                    table.CheckConstraint("ck_persons_family_card", "(family_card_number is null) = (family_role is null)");
                    table.CheckConstraint("ck_persons_nik", "nik ~ '^[0-9]{12}(?!0000)[0-9]{4}$'");
                    table.CheckConstraint("ck_persons_parents", "nik not in (mother_nik, father_nik)");
                    table.CheckConstraint("ck_persons_sex", "(substr(nik, 7, 2) > '40') = (sex = 'female')");
                    table.ForeignKey(
                        name: "fk_persons_family_cards_family_card_number",
                        column: x => x.family_card_number,
                        principalTable: "family_cards",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_persons_persons_father_nik",
                        column: x => x.father_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_persons_persons_mother_nik",
                        column: x => x.mother_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "births",
                columns: table => new
                {
                    certificate_number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    child_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    mother_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    father_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    letter_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    letter_issuer = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    letter_key = table.Column<string>(type: "character varying(165)", maxLength: 165, nullable: false),
                    letter_kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    marriage_proof = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    marriage_proof_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    late_report_approval = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_births", x => x.certificate_number);
                    table.ForeignKey(
                        name: "fk_births_persons_child_nik",
                        column: x => x.child_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_births_persons_father_nik",
                        column: x => x.father_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_births_persons_mother_nik",
                        column: x => x.mother_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "child_identity_cards",
                columns: table => new
                {
                    card_number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    child_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: false),
                    photo_reference = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    revoked_on = table.Column<DateOnly>(type: "date", nullable: true),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_child_identity_cards", x => x.card_number);
                    table.CheckConstraint("ck_child_identity_cards_validity", "valid_until >= valid_from");
                    table.ForeignKey(
                        name: "fk_child_identity_cards_persons_child_nik",
                        column: x => x.child_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "family_card_editions",
                columns: table => new
                {
                    family_card_number = table.Column<string>(type: "character varying(16)", nullable: false),
                    edition = table.Column<int>(type: "integer", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    change = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    member_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_family_card_editions", x => new { x.family_card_number, x.edition });
                    table.ForeignKey(
                        name: "fk_family_card_editions_family_cards_family_card_number",
                        column: x => x.family_card_number,
                        principalTable: "family_cards",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_family_card_editions_persons_member_nik",
                        column: x => x.member_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "identity_card_prints",
                columns: table => new
                {
                    print_number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    holder_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    loss_report_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    printed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_card_prints", x => x.print_number);
                    table.ForeignKey(
                        name: "fk_identity_card_prints_persons_holder_nik",
                        column: x => x.holder_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_births_application_id_step_id",
                table: "births",
                columns: new[] { "application_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_births_child_nik",
                table: "births",
                column: "child_nik",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_births_father_nik",
                table: "births",
                column: "father_nik");

            migrationBuilder.CreateIndex(
                name: "ix_births_letter_key",
                table: "births",
                column: "letter_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_births_mother_nik",
                table: "births",
                column: "mother_nik");

            migrationBuilder.CreateIndex(
                name: "ix_child_identity_cards_child_nik",
                table: "child_identity_cards",
                column: "child_nik",
                unique: true,
                filter: "revoked_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_family_card_editions_application_id_step_id",
                table: "family_card_editions",
                columns: new[] { "application_id", "step_id" });

            migrationBuilder.CreateIndex(
                name: "ix_family_card_editions_member_nik",
                table: "family_card_editions",
                column: "member_nik");

            migrationBuilder.CreateIndex(
                name: "ix_identity_card_prints_application_id_step_id",
                table: "identity_card_prints",
                columns: new[] { "application_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_card_prints_holder_nik",
                table: "identity_card_prints",
                column: "holder_nik");

            migrationBuilder.CreateIndex(
                name: "ix_identity_card_prints_loss_report_number",
                table: "identity_card_prints",
                column: "loss_report_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_persons_family_card_number",
                table: "persons",
                column: "family_card_number");

            migrationBuilder.CreateIndex(
                name: "ix_persons_father_nik",
                table: "persons",
                column: "father_nik");

            migrationBuilder.CreateIndex(
                name: "ix_persons_mother_nik",
                table: "persons",
                column: "mother_nik");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "births");

            migrationBuilder.DropTable(
                name: "child_identity_cards");

            migrationBuilder.DropTable(
                name: "family_card_editions");

            migrationBuilder.DropTable(
                name: "identity_card_prints");

            migrationBuilder.DropTable(
                name: "persons");

            migrationBuilder.DropTable(
                name: "family_cards");

            migrationBuilder.DropSequence(
                name: "birth_certificate_numbers");

            migrationBuilder.DropSequence(
                name: "child_identity_card_numbers");

            migrationBuilder.DropSequence(
                name: "identity_card_print_numbers");
        }
    }
}
