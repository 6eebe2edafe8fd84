using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Mpp.Operations.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    package = table.Column<string>(type: "text", nullable: false),
                    package_version = table.Column<int>(type: "integer", nullable: false),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applications", x => x.id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "entries",
                columns: table => new
                {
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    step = table.Column<string>(type: "text", nullable: true),
                    attempt = table.Column<int>(type: "integer", nullable: true),
                    service = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    package = table.Column<string>(type: "text", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    requirements = table.Column<string[]>(type: "text[]", nullable: false),
                    seconds_with_agency = table.Column<double>(type: "double precision", nullable: true),
                    late = table.Column<bool>(type: "boolean", nullable: true),
                    trace = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entries", x => new { x.application_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "processes",
                columns: table => new
                {
                    process = table.Column<Guid>(type: "uuid", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    interval_seconds = table.Column<int>(type: "integer", nullable: false),
                    failing = table.Column<string[]>(type: "text[]", nullable: false),
                    outbox_oldest_seconds = table.Column<double>(type: "double precision", nullable: true),
                    outbox_pending = table.Column<long>(type: "bigint", nullable: false),
                    outbox_retrying = table.Column<long>(type: "bigint", nullable: false),
                    outbox_dead = table.Column<long>(type: "bigint", nullable: false),
                    timers_overdue = table.Column<long>(type: "bigint", nullable: false),
                    queues = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_processes", x => x.process);
                });

            migrationBuilder.CreateTable(
                name: "records",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<string>(type: "text", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    step = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    together = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "bytea", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    ticket = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "steps",
                columns: table => new
                {
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    waits_for = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    waits_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    matters = table.Column<string[]>(type: "text[]", nullable: false),
                    acts = table.Column<string[]>(type: "text[]", nullable: false),
                    requirements = table.Column<string[]>(type: "text[]", nullable: false),
                    billing_code = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_steps", x => new { x.application_id, x.step });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateIndex(
                name: "ix_applications_number",
                table: "applications",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_applications_region_ended_at",
                table: "applications",
                columns: new[] { "region", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_region_id",
                table: "applications",
                columns: new[] { "region", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_region_package_id",
                table: "applications",
                columns: new[] { "region", "package", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_region_status_id",
                table: "applications",
                columns: new[] { "region", "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_region_submitted_at",
                table: "applications",
                columns: new[] { "region", "submitted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_entries_outcomes",
                table: "entries",
                columns: new[] { "service", "at" },
                filter: "seconds_with_agency IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_entries_region_at",
                table: "entries",
                columns: new[] { "region", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_entries_trace",
                table: "entries",
                column: "trace",
                filter: "trace IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_records_number",
                table: "records",
                column: "number",
                filter: "number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_records_region_at",
                table: "records",
                columns: new[] { "region", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_expires_at",
                table: "sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_steps_billing_code",
                table: "steps",
                column: "billing_code",
                filter: "billing_code IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_steps_matters",
                table: "steps",
                columns: new[] { "region", "since" },
                filter: "matters <> '{}'");

            migrationBuilder.CreateIndex(
                name: "ix_steps_open",
                table: "steps",
                columns: new[] { "region", "agency", "since" },
                filter: "waits_for IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_steps_region_agency_status_application_id",
                table: "steps",
                columns: new[] { "region", "agency", "status", "application_id" });

            migrationBuilder.CreateIndex(
                name: "ix_steps_requirements",
                table: "steps",
                column: "requirements",
                filter: "requirements <> '{}'")
                .Annotation("Npgsql:IndexMethod", "gin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "applications");

            migrationBuilder.DropTable(
                name: "entries");

            migrationBuilder.DropTable(
                name: "processes");

            migrationBuilder.DropTable(
                name: "records");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "steps");
        }
    }
}
