using Microsoft.EntityFrameworkCore;
using Mpp.Hosting.Database;

namespace Mpp.Hosting.Idempotency;

/// <summary>The table of keys and answers in a service's own database.</summary>
public static class IdempotencySetup
{
    internal static readonly DatabaseScripts Scripts =
        DatabaseScripts.Of("idempotency", typeof(IdempotencySetup).Assembly);

    /// <summary>How long a client may ask for an answer again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Keeps answers in <typeparamref name="TDbContext"/>'s database for seven days.</summary>
    public static WebApplicationBuilder AddIdempotency<TDbContext>(this WebApplicationBuilder builder)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(Scripts);
        builder.Services.AddScoped(provider => new IdempotentAnswers(
            provider.GetRequiredService<TDbContext>(), provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddOldRows<TDbContext, IdempotencyKeyRow>(
            Kept, (rows, moment) => rows.Where(row => row.CreatedAt < moment));
        return builder;
    }

    /// <summary>
    /// Maps the table into a service's model. Call it in <c>OnModelCreating</c>; migrations leave it out.
    /// </summary>
    /// <param name="model">The model.</param>
    public static ModelBuilder AddIdempotency(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Entity<IdempotencyKeyRow>(keys =>
        {
            keys.ToTable("idempotency_keys", table => table.ExcludeFromMigrations());
            keys.HasKey(row => new { row.Client, row.KeyText }).HasName(IdempotencyKeyRow.Key);
            keys.Property(row => row.KeyText).HasColumnName("key");
            keys.Property(row => row.Headers).HasColumnType("jsonb");
        });
    }
}
