using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Health.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "recommendation_numbers",
                incrementBy: 32);

            migrationBuilder.CreateTable(
                name: "registrations",
                columns: table => new
                {
                    str_number = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    profession = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    enough_credits = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registrations", x => x.str_number);
                    table.CheckConstraint("ck_registrations_state", "state in ('active', 'suspended', 'revoked')");
                    table.CheckConstraint("ck_registrations_str_number", "str_number ~ '^([A-Z]{2}[0-9]{14}|[0-9]{16})$'");
                });

            migrationBuilder.CreateTable(
                name: "recommendations",
                columns: table => new
                {
                    number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    str_number = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    profession = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    facility_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    facility_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    facility_letter_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: false),
                    licence_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    licence_valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recommendations", x => x.number);
                    table.CheckConstraint("ck_recommendations_licence", "(licence_number is null) = (licence_valid_until is null)");
                    table.CheckConstraint("ck_recommendations_validity", "valid_until > issued_on");
                    table.ForeignKey(
                        name: "fk_recommendations_registrations_str_number",
                        column: x => x.str_number,
                        principalTable: "registrations",
                        principalColumn: "str_number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_recommendations_application_id_step_id",
                table: "recommendations",
                columns: new[] { "application_id", "step_id" },
                unique: true,
                filter: "withdrawn_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_recommendations_region_profession",
                table: "recommendations",
                columns: new[] { "region", "profession" },
                filter: "withdrawn_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_recommendations_str_number",
                table: "recommendations",
                column: "str_number");

            migrationBuilder.CreateIndex(
                name: "ix_registrations_nik",
                table: "registrations",
                column: "nik",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "recommendations");

            migrationBuilder.DropTable(
                name: "registrations");

            migrationBuilder.DropSequence(
                name: "recommendation_numbers");
        }
    }
}
