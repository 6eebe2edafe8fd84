using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Bpjs.Data.Migrations
{
    /// <inheritdoc />
    public partial class NewServices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "card_numbers",
                incrementBy: 32);

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
                        name: "fk_card_prints_membership_number",
                        column: x => x.membership_number,
                        principalTable: "participants",
                        principalColumn: "membership_number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_card_prints_membership_number",
                table: "card_prints",
                column: "membership_number");

            migrationBuilder.CreateIndex(
                name: "ux_card_prints_application_id_step_id",
                table: "card_prints",
                columns: new[] { "application_id", "step_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "card_prints");

            migrationBuilder.DropSequence(
                name: "card_numbers");
        }
    }
}
