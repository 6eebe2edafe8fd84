using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using Mpp.Messaging.Inbox;
using Mpp.Messaging.Outbox;
using Mpp.Messaging.Timers;

namespace Mpp.Messaging.Database;

/// <summary>The five tables. Names are spelt out, so that a service's own naming convention does not change what the relay's SQL says.</summary>
internal static class MessagingModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<OutboxRow>(outbox =>
        {
            outbox.ToTable("outbox").HasKey(row => row.Id).HasName("pk_outbox");
            outbox.Property(row => row.Id).HasColumnName("id").UseIdentityAlwaysColumn();
            Message(outbox);
            outbox.Property(row => row.Attempts).HasColumnName("attempts");
            outbox.Property(row => row.CreatedAt).HasColumnName("created_at");
            Churns(outbox);
        });

        model.Entity<OutboxRetryRow>(retry =>
        {
            retry.ToTable("outbox_retry").HasKey(row => row.Id).HasName("pk_outbox_retry");
            retry.Property(row => row.Id).HasColumnName("id").UseIdentityAlwaysColumn();
            Message(retry);
            retry.Property(row => row.Attempts).HasColumnName("attempts");
            retry.Property(row => row.CreatedAt).HasColumnName("created_at");
            retry.Property(row => row.DueAt).HasColumnName("due_at");
            retry.Property(row => row.Error).HasColumnName("error");
            retry.HasIndex(row => row.DueAt).HasDatabaseName("ix_outbox_retry_due_at");
            Churns(retry);
        });

        model.Entity<OutboxDeadRow>(dead =>
        {
            dead.ToTable("outbox_dead").HasKey(row => row.Id).HasName("pk_outbox_dead");
            dead.Property(row => row.Id).HasColumnName("id").UseIdentityAlwaysColumn();
            Message(dead);
            dead.Property(row => row.Attempts).HasColumnName("attempts");
            dead.Property(row => row.CreatedAt).HasColumnName("created_at");
            dead.Property(row => row.DiedAt).HasColumnName("died_at");
            dead.Property(row => row.Error).HasColumnName("error");
        });

        model.Entity<InboxRow>(inbox =>
        {
            inbox.ToTable("inbox").HasKey(row => new { row.MessageId, row.Consumer }).HasName(InboxRow.Key);
            inbox.Property(row => row.MessageId).HasColumnName("message_id");
            inbox.Property(row => row.Consumer).HasColumnName("consumer");
            inbox.Property(row => row.ProcessedAt).HasColumnName("processed_at");
            // Rows arrive in time order, so a block range index finds the old ones at next to no cost per insert.
            inbox.HasIndex(row => row.ProcessedAt).HasDatabaseName("ix_inbox_processed_at").HasMethod("brin");
        });

        model.Entity<TimerRow>(timer =>
        {
            timer.ToTable("timers").HasKey(row => new { row.OwnerId, row.Name }).HasName("pk_timers");
            timer.Property(row => row.OwnerId).HasColumnName("owner_id");
            timer.Property(row => row.Name).HasColumnName("name");
            timer.Property(row => row.DueAt).HasColumnName("due_at");
            Message(timer);
            timer.HasIndex(row => row.DueAt).HasDatabaseName("ix_timers_due_at");
            Churns(timer);
        });
    }

    private static void Message<TRow>(EntityTypeBuilder<TRow> row) where TRow : MessageRow
    {
        row.Property(r => r.MessageId).HasColumnName("message_id");
        row.Property(r => r.Destination).HasColumnName("destination");
        row.Property(r => r.ContentType).HasColumnName("content_type");
        row.Property(r => r.Headers).HasColumnName("headers").HasColumnType("jsonb");
        row.Property(r => r.Properties).HasColumnName("properties").HasColumnType("jsonb");
        row.Property(r => r.Body).HasColumnName("body");
        row.Property(r => r.Traceparent).HasColumnName("traceparent");
    }

    /// <summary>
    /// Everything written here is deleted again within moments: vacuum after a thousand dead rows whatever the table's size, without the
    /// pauses that spare the disk of big tables. Dead rows at the head of the key are what makes such tables slow.
    /// </summary>
    private static void Churns<TRow>(EntityTypeBuilder<TRow> table) where TRow : class
    {
        foreach (var prefix in new[] { "", "toast." })
        {
            table.HasStorageParameter(prefix + "autovacuum_vacuum_scale_factor", 0);
            table.HasStorageParameter(prefix + "autovacuum_vacuum_threshold", 1000);
            table.HasStorageParameter(prefix + "autovacuum_vacuum_cost_delay", 0);
        }

        table.HasStorageParameter("autovacuum_vacuum_insert_threshold", -1);
        table.HasStorageParameter("autovacuum_analyze_scale_factor", 0);
        table.HasStorageParameter("autovacuum_analyze_threshold", 5000);
    }
}
