using Microsoft.Extensions.Configuration;

namespace Mpp.Messaging.Database;

/// <summary>
/// A small pool to the service's database for the relay, the timers and the clean-up. It is apart from the service's
/// own pool, so that neither starves the other, and has no tracing: polling makes no spans.
/// </summary>
internal sealed class MessagingDatabase : IAsyncDisposable
{
    public MessagingDatabase(IConfiguration configuration, IOptions<MessagingOptions> options)
    {
        var address = configuration.GetConnectionString("Database")
            ?? throw new InvalidOperationException(
                "ConnectionStrings:Database is missing: the outbox lives in the service's database.");
        var connection = new NpgsqlConnectionStringBuilder(address)
        {
            MaxPoolSize = options.Value.MaximumConnections,
            MinPoolSize = 0,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            Enlist = false,
            NoResetOnClose = true,
        };
        connection.ApplicationName =
            connection.ApplicationName is { Length: > 0 } name ? name + " messaging" : "messaging";
        Source = new NpgsqlDataSourceBuilder(connection.ConnectionString)
            .ConfigureTracing(tracing => tracing
                .ConfigureCommandFilter(_ => false)
                .ConfigureBatchFilter(_ => false)
                .EnablePhysicalOpenTracing(false))
            .Build();
    }

    public NpgsqlDataSource Source { get; }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
