using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Applications.Data.Migrations
{
    /// <inheritdoc />
    public partial class Worklist : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_applications_region_submitted_at",
                table: "applications");

            migrationBuilder.DropIndex(
                name: "ix_applications_stalled",
                table: "applications");

            migrationBuilder.RenameColumn(
                name: "stalled",
                table: "applications",
                newName: "worklist");

            migrationBuilder.CreateIndex(
                name: "ix_applications_worklist",
                table: "applications",
                column: "id",
                filter: "worklist > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_applications_worklist",
                table: "applications");

            migrationBuilder.RenameColumn(
                name: "worklist",
                table: "applications",
                newName: "stalled");

            migrationBuilder.CreateIndex(
                name: "ix_applications_region_submitted_at",
                table: "applications",
                columns: new[] { "region", "submitted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_stalled",
                table: "applications",
                column: "updated_at",
                filter: "stalled > 0");
        }
    }
}
