using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mpp.Licensing.Data.Migrations
{
    /// <inheritdoc />
    public partial class KeepInputs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "bound_by_law",
                table: "steps",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "channel",
                table: "steps",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "corrected",
                table: "steps",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "inputs",
                table: "steps",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "paid",
                table: "steps",
                type: "jsonb",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "bound_by_law",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "channel",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "corrected",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "inputs",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "paid",
                table: "steps");
        }
    }
}
