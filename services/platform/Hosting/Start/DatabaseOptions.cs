namespace Mpp.Hosting.Start;

/// <summary>The configuration section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    internal const string Section = "Database";

    /// <summary>
    /// Whether the service brings its database up to date at start. Production runs the verb <c>migrate</c> instead.
    /// </summary>
    public bool MigrateAtStart { get; set; }

    /// <summary>
    /// How long the service waits at start for a database that does not answer before it gives up. Default ten minutes.
    /// </summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(10);
}
