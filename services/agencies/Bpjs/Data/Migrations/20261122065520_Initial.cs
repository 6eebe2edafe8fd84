using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

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
                name: "inbox",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consumer = table.Column<string>(type: "text", nullable: false),
                    processed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    attempts = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    destination = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    headers = table.Column<string>(type: "jsonb", nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    traceparent = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_analyze_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_analyze_threshold", 5000)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_insert_threshold", -1)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 1000)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_threshold", 1000);

            migrationBuilder.CreateTable(
                name: "outbox_dead",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    attempts = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    died_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    error = table.Column<string>(type: "text", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    destination = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    headers = table.Column<string>(type: "jsonb", nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    traceparent = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_dead", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_retry",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    attempts = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    error = table.Column<string>(type: "text", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    destination = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    headers = table.Column<string>(type: "jsonb", nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    traceparent = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_retry", x => x.id);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_analyze_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_analyze_threshold", 5000)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_insert_threshold", -1)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 1000)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_threshold", 1000);

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
                    lifted_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sanctions", x => x.id);
                    table.CheckConstraint("ck_sanctions_lifted", "lifted_on >= imposed_on");
                });

            migrationBuilder.CreateTable(
                name: "steps",
                columns: table => new
                {
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    application_number = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    answer_kind = table.Column<string>(type: "text", nullable: true),
                    answer = table.Column<string>(type: "jsonb", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_steps", x => new { x.application_id, x.step_id, x.attempt });
                });

            migrationBuilder.CreateTable(
                name: "timers",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    destination = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    headers = table.Column<string>(type: "jsonb", nullable: true),
                    properties = table.Column<string>(type: "jsonb", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    traceparent = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_timers", x => new { x.owner_id, x.name });
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_analyze_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_analyze_threshold", 5000)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_insert_threshold", -1)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 1000)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_scale_factor", 0)
                .Annotation("Npgsql:StorageParameter:toast.autovacuum_vacuum_threshold", 1000);

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
                        name: "fk_newborn_enrolments_membership_number",
                        column: x => x.membership_number,
                        principalTable: "participants",
                        principalColumn: "membership_number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_employers_application_id_step_id",
                table: "employers",
                columns: new[] { "application_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_employers_nib",
                table: "employers",
                column: "nib",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_processed_at",
                table: "inbox",
                column: "processed_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ux_newborn_enrolments_application_id_step_id",
                table: "newborn_enrolments",
                columns: new[] { "application_id", "step_id" },
                unique: true,
                filter: "status <> 'withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ux_newborn_enrolments_membership_number",
                table: "newborn_enrolments",
                column: "membership_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_newborn_enrolments_mother_nik_birth_date_child_name_key",
                table: "newborn_enrolments",
                columns: new[] { "mother_nik", "birth_date", "child_name_key" },
                unique: true,
                filter: "status <> 'withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ux_newborn_enrolments_mother_nik_birth_letter_number",
                table: "newborn_enrolments",
                columns: new[] { "mother_nik", "birth_letter_number" },
                unique: true,
                filter: "status <> 'withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_retry_due_at",
                table: "outbox_retry",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ux_participants_nik",
                table: "participants",
                column: "nik",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sanctions_nik",
                table: "sanctions",
                column: "nik");

            migrationBuilder.CreateIndex(
                name: "ux_sanctions_letter_number",
                table: "sanctions",
                column: "letter_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_steps_open",
                table: "steps",
                columns: new[] { "service", "received_at" },
                filter: "state in ('in-hand', 'awaiting-payment')");

            migrationBuilder.CreateIndex(
                name: "ix_timers_due_at",
                table: "timers",
                column: "due_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "employers");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "newborn_enrolments");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "outbox_dead");

            migrationBuilder.DropTable(
                name: "outbox_retry");

            migrationBuilder.DropTable(
                name: "sanctions");

            migrationBuilder.DropTable(
                name: "steps");

            migrationBuilder.DropTable(
                name: "timers");

            migrationBuilder.DropTable(
                name: "participants");

            migrationBuilder.DropSequence(
                name: "membership_numbers");

            migrationBuilder.DropSequence(
                name: "npp_numbers");
        }
    }
}
