using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

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
                name: "nik_serials",
                columns: table => new
                {
                    stem = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    last_serial = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nik_serials", x => x.stem);
                    table.CheckConstraint("ck_nik_serials_last_serial", "last_serial between 1 and 9999");
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
                        name: "fk_persons_family_card_number",
                        column: x => x.family_card_number,
                        principalTable: "family_cards",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_persons_father_nik",
                        column: x => x.father_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_persons_mother_nik",
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
                    late_report_approval = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    region = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_births", x => x.certificate_number);
                    table.ForeignKey(
                        name: "fk_births_child_nik",
                        column: x => x.child_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_births_father_nik",
                        column: x => x.father_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_births_mother_nik",
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
                        name: "fk_child_identity_cards_child_nik",
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
                        name: "fk_family_card_editions_family_card_number",
                        column: x => x.family_card_number,
                        principalTable: "family_cards",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_family_card_editions_member_nik",
                        column: x => x.member_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_births_father_nik",
                table: "births",
                column: "father_nik");

            migrationBuilder.CreateIndex(
                name: "ix_births_mother_nik",
                table: "births",
                column: "mother_nik");

            migrationBuilder.CreateIndex(
                name: "ux_births_child_nik",
                table: "births",
                column: "child_nik",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_births_letter_key",
                table: "births",
                column: "letter_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_child_identity_cards_child_nik",
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
                name: "ix_inbox_processed_at",
                table: "inbox",
                column: "processed_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_retry_due_at",
                table: "outbox_retry",
                column: "due_at");

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
                name: "births");

            migrationBuilder.DropTable(
                name: "child_identity_cards");

            migrationBuilder.DropTable(
                name: "family_card_editions");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "nik_serials");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "outbox_dead");

            migrationBuilder.DropTable(
                name: "outbox_retry");

            migrationBuilder.DropTable(
                name: "steps");

            migrationBuilder.DropTable(
                name: "timers");

            migrationBuilder.DropTable(
                name: "persons");

            migrationBuilder.DropTable(
                name: "family_cards");

            migrationBuilder.DropSequence(
                name: "birth_certificate_numbers");

            migrationBuilder.DropSequence(
                name: "child_identity_card_numbers");
        }
    }
}
