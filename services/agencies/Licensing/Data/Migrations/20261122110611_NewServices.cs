using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Licensing.Data.Migrations
{
    /// <inheritdoc />
    public partial class NewServices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "practice_licence_numbers",
                incrementBy: 32);

            migrationBuilder.CreateTable(
                name: "practice_licences",
                columns: table => new
                {
                    number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    holder_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    holder_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    profession = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    str_number = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    facility_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    facility_address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    facility_key = table.Column<string>(type: "character varying(301)", maxLength: 301, nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    recommendation_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_practice_licences", x => x.number);
                    table.CheckConstraint("ck_practice_licences_place", "place > 0");
                    table.CheckConstraint("ck_practice_licences_revoked", "(status = 'revoked') = (revoked_at is not null)");
                    table.CheckConstraint("ck_practice_licences_status", "status in ('active', 'revoked')");
                    table.CheckConstraint("ck_practice_licences_validity", "valid_until > issued_on");
                });

            migrationBuilder.CreateIndex(
                name: "ix_practice_licences_holder_nik",
                table: "practice_licences",
                column: "holder_nik");

            migrationBuilder.CreateIndex(
                name: "ux_practice_licences_application_id_step_id",
                table: "practice_licences",
                columns: new[] { "application_id", "step_id" },
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ux_practice_licences_recommendation_number",
                table: "practice_licences",
                column: "recommendation_number",
                unique: true,
                filter: "status = 'active'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "practice_licences");

            migrationBuilder.DropSequence(
                name: "practice_licence_numbers");
        }
    }
}
