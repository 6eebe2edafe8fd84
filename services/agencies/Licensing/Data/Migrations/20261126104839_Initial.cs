using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Licensing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "business_licence_numbers",
                incrementBy: 32);

            migrationBuilder.CreateSequence(
                name: "certificate_numbers",
                incrementBy: 32);

            migrationBuilder.CreateSequence(
                name: "nib_numbers",
                incrementBy: 32);

            migrationBuilder.CreateSequence(
                name: "practice_licence_numbers",
                incrementBy: 32);

            migrationBuilder.CreateTable(
                name: "businesses",
                columns: table => new
                {
                    nib = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    owner_nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    owner_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_businesses", x => x.nib);
                    table.CheckConstraint("ck_businesses_nib", "nib ~ '^[0-9]{13}$'");
                    table.CheckConstraint("ck_businesses_revoked", "(status = 'revoked') = (revoked_at is not null)");
                    table.CheckConstraint("ck_businesses_status", "status in ('active', 'revoked')");
                });

            migrationBuilder.CreateTable(
                name: "owner_blocks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    nik = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    ground = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    blocked_on = table.Column<DateOnly>(type: "date", nullable: false),
                    lifted_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_owner_blocks", x => x.id);
                    table.CheckConstraint("ck_owner_blocks_ground", "ground in ('abuse', 'bpjs-sanction')");
                    table.CheckConstraint("ck_owner_blocks_lifted", "lifted_on >= blocked_on");
                });

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
                    replaced_by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_practice_licences", x => x.number);
                    table.CheckConstraint("ck_practice_licences_place", "place > 0");
                    table.CheckConstraint("ck_practice_licences_replaced", "(status = 'replaced') = (replaced_by is not null)");
                    table.CheckConstraint("ck_practice_licences_revoked", "(status = 'revoked') = (revoked_at is not null)");
                    table.CheckConstraint("ck_practice_licences_status", "status in ('active', 'revoked', 'replaced')");
                    table.CheckConstraint("ck_practice_licences_validity", "valid_until > issued_on");
                });

            migrationBuilder.CreateTable(
                name: "business_activities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    nib = table.Column<string>(type: "character varying(13)", nullable: false),
                    business_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    business_name_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    kbli = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false),
                    risk_level = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_business_activities", x => x.id);
                    table.CheckConstraint("ck_business_activities_kbli", "kbli ~ '^[0-9]{5}$'");
                    table.CheckConstraint("ck_business_activities_revoked", "(status = 'revoked') = (revoked_at is not null)");
                    table.CheckConstraint("ck_business_activities_risk_level", "risk_level in ('low', 'medium-low', 'medium-high', 'high')");
                    table.CheckConstraint("ck_business_activities_status", "status in ('active', 'revoked')");
                    table.ForeignKey(
                        name: "fk_business_activities_businesses_nib",
                        column: x => x.nib,
                        principalTable: "businesses",
                        principalColumn: "nib",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "business_licences",
                columns: table => new
                {
                    number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    nib = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    kbli = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_business_licences", x => x.number);
                    table.CheckConstraint("ck_business_licences_revoked", "(status = 'revoked') = (revoked_at is not null)");
                    table.CheckConstraint("ck_business_licences_status", "status in ('active', 'revoked')");
                    table.ForeignKey(
                        name: "fk_business_licences_businesses_nib",
                        column: x => x.nib,
                        principalTable: "businesses",
                        principalColumn: "nib",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "standard_certificates",
                columns: table => new
                {
                    number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    nib = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    kbli = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false),
                    risk_level = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    verified = table.Column<bool>(type: "boolean", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_standard_certificates", x => x.number);
                    table.CheckConstraint("ck_standard_certificates_revoked", "(status = 'revoked') = (revoked_at is not null)");
                    table.CheckConstraint("ck_standard_certificates_risk_level", "risk_level in ('medium-low', 'medium-high')");
                    table.CheckConstraint("ck_standard_certificates_status", "status in ('active', 'revoked')");
                    table.ForeignKey(
                        name: "fk_standard_certificates_businesses_nib",
                        column: x => x.nib,
                        principalTable: "businesses",
                        principalColumn: "nib",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_business_activities_application_id_step_id",
                table: "business_activities",
                columns: new[] { "application_id", "step_id" },
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_business_activities_nib_kbli_business_name_key",
                table: "business_activities",
                columns: new[] { "nib", "kbli", "business_name_key" },
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_business_licences_nib_kbli",
                table: "business_licences",
                columns: new[] { "nib", "kbli" },
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_businesses_owner_nik",
                table: "businesses",
                column: "owner_nik",
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_owner_blocks_nik_ground",
                table: "owner_blocks",
                columns: new[] { "nik", "ground" },
                unique: true,
                filter: "lifted_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_practice_licences_application_id_step_id",
                table: "practice_licences",
                columns: new[] { "application_id", "step_id" },
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_practice_licences_holder_nik",
                table: "practice_licences",
                column: "holder_nik");

            migrationBuilder.CreateIndex(
                name: "ix_practice_licences_recommendation_number",
                table: "practice_licences",
                column: "recommendation_number",
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_standard_certificates_application_id_step_id",
                table: "standard_certificates",
                columns: new[] { "application_id", "step_id" },
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_standard_certificates_nib_kbli",
                table: "standard_certificates",
                columns: new[] { "nib", "kbli" },
                unique: true,
                filter: "status = 'active'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "business_activities");

            migrationBuilder.DropTable(
                name: "business_licences");

            migrationBuilder.DropTable(
                name: "owner_blocks");

            migrationBuilder.DropTable(
                name: "practice_licences");

            migrationBuilder.DropTable(
                name: "standard_certificates");

            migrationBuilder.DropTable(
                name: "businesses");

            migrationBuilder.DropSequence(
                name: "business_licence_numbers");

            migrationBuilder.DropSequence(
                name: "certificate_numbers");

            migrationBuilder.DropSequence(
                name: "nib_numbers");

            migrationBuilder.DropSequence(
                name: "practice_licence_numbers");
        }
    }
}
