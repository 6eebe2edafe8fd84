using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.CivilRegistry.Data.Migrations
{
    /// <inheritdoc />
    public partial class NewServices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "identity_card_print_numbers",
                incrementBy: 32);

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
                        name: "fk_identity_card_prints_holder_nik",
                        column: x => x.holder_nik,
                        principalTable: "persons",
                        principalColumn: "nik",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_card_prints_holder_nik",
                table: "identity_card_prints",
                column: "holder_nik");

            migrationBuilder.CreateIndex(
                name: "ux_identity_card_prints_application_id_step_id",
                table: "identity_card_prints",
                columns: new[] { "application_id", "step_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_identity_card_prints_loss_report_number",
                table: "identity_card_prints",
                column: "loss_report_number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_card_prints");

            migrationBuilder.DropSequence(
                name: "identity_card_print_numbers");
        }
    }
}
