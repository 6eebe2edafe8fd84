using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Applications.Data.Migrations
{
    /// <inheritdoc />
    public partial class ServiceStandards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "service_definitions",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    definition = table.Column<string>(type: "json", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_definitions", x => x.code);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "service_definitions");
        }
    }
}
