using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Applications.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(ApplicationsDbContext))]
    [Migration("20261127190000_TimelineSpan")]
    public partial class TimelineSpan : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<byte[]>(name: "span", table: "timeline", type: "bytea", nullable: true);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.DropColumn(name: "span", table: "timeline");
    }
}
