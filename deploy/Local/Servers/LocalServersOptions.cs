namespace Mpp.Local;

/// <summary>How to run the servers.</summary>
public sealed record LocalServersOptions
{
    /// <summary>
    /// Where data, logs and secrets go; <see langword="null"/> for <c>.mpp</c> under the repository's root.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>
    /// The data folder is removed when the servers are stopped, and nobody waits for an orderly shutdown.
    /// </summary>
    public bool Temporary { get; init; }

    /// <summary>
    /// An existing PostgreSQL: a connection string of a role that may create roles and databases. Nothing is installed
    /// or started.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>
    /// An existing RabbitMQ: <c>amqp://user:password@host:port/vhost</c>. Nothing is installed or started.
    /// </summary>
    public Uri? RabbitMq { get; init; }

    /// <summary>Whether PostgreSQL is wanted at all.</summary>
    public bool WithPostgres { get; init; } = true;

    /// <summary>Whether RabbitMQ is wanted at all.</summary>
    public bool WithRabbitMq { get; init; } = true;

    /// <summary>A folder in the system's temporary folder, removed at the end.</summary>
    public static LocalServersOptions ForTests() => new()
    {
        DataFolder = TemporaryFolders.Create(),
        Temporary = true,
    };
}
