using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Mpp.Identity.Roles;
using OpenIddict.EntityFrameworkCore.Models;

namespace Mpp.Identity.Data;

/// <summary>
/// People, their sessions, the keys, and what has happened; beside them OpenIddict's clients, authorizations and
/// tokens.
/// </summary>
internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : DbContext(options)
{
    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<SigningKeyRow> SigningKeys => Set<SigningKeyRow>();

    public DbSet<SignInEventRow> SignInEvents => Set<SignInEventRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRow>(table =>
        {
            table.ToTable("accounts").HasKey(a => a.Id);
            table.Property(a => a.Id).ValueGeneratedNever();
            table.HasIndex(a => a.UserName).IsUnique();
            table.Property(a => a.Role).HasConversion(
                role => RoleScopes.Name(role), name => RoleScopes.Parse(name)!.Value);
        });
        modelBuilder.Entity<SessionRow>(table =>
        {
            table.ToTable("sessions").HasKey(s => s.Id);
            table.Property(s => s.Id).ValueGeneratedNever();
            table.HasIndex(s => s.Handle).IsUnique();
            table.HasIndex(s => s.EndsAt);
            table.HasOne<AccountRow>().WithMany().HasForeignKey(s => s.AccountId);
        });
        modelBuilder.Entity<SigningKeyRow>(table => table.ToTable("signing_keys").HasKey(k => k.Id));
        modelBuilder.Entity<SignInEventRow>(table =>
        {
            table.ToTable("sign_in_events").HasKey(e => e.Id);
            table.Property(e => e.Kind).HasConversion(Kebab<SignInEventKind>());
            table.HasIndex(e => e.At);
            table.HasIndex(e => new { e.Address, e.At });
        });
        modelBuilder.UseOpenIddict();
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreApplication>().ToTable("clients");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreAuthorization>().ToTable("authorizations");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreScope>().ToTable("scopes");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreToken>().ToTable("tokens");
    }

    private static ValueConverter<T, string> Kebab<T>() where T : struct, Enum => new(
        value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()),
        text => Enum.Parse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true));
}
