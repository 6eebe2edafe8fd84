using System.Text.RegularExpressions;
using Npgsql;

namespace Mpp.Local;

/// <summary>
/// A PostgreSQL and a RabbitMQ of our own: on loopback, on free ports, with their own data folder. They stop with this
/// object, with this process, and at the latest when the data folder is opened again.
/// </summary>
public sealed partial class LocalServers : IAsyncDisposable
{
    private readonly LocalServersOptions _options;
    private readonly PostgresServer? _postgres;
    private readonly RabbitMqServer? _rabbitMq;
    private readonly IProgress<LocalProgress>? _progress;

    private LocalServers(LocalServersOptions options, DataFolder data, IProgress<LocalProgress>? progress)
    {
        _options = options;
        _progress = progress;
        Data = data;
        _postgres = options.WithPostgres && options.Postgres is null ? new PostgresServer(data) : null;
        _rabbitMq = options.WithRabbitMq && options.RabbitMq is null ? new RabbitMqServer(data) : null;
        PostgresReady = Task.CompletedTask;
        RabbitMqReady = Task.CompletedTask;
    }

    /// <summary>The folder with data, logs and secrets.</summary>
    public string DataPath => Data.Path;

    /// <summary>The broker's address with user and password.</summary>
    public Uri RabbitMqUri =>
        _rabbitMq?.Uri ?? _options.RabbitMq ?? throw new InvalidOperationException("These servers have no RabbitMQ.");

    /// <summary>
    /// The file that says what was declared at the broker; it goes when the broker's data goes. <see langword="null"/>
    /// when the broker is not ours.
    /// </summary>
    internal string? TopologyFile => _rabbitMq is null ? null : Data.In("rabbitmq", "topology");

    internal DataFolder Data { get; }

    internal Task PostgresReady { get; private set; }

    internal Task RabbitMqReady { get; private set; }

    /// <summary>Installs what is missing, starts both servers side by side and returns when both are ready.</summary>
    /// <exception cref="LocalException">Something that a person can mend; the message says how.</exception>
    public static async Task<LocalServers> StartAsync(
        LocalServersOptions? options = null, IProgress<LocalProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var servers = await BeginAsync(options ?? new LocalServersOptions(), progress, cancellationToken);
        try
        {
            await Task.WhenAll(servers.PostgresReady, servers.RabbitMqReady);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// As <see cref="StartAsync"/>, but does not wait: RabbitMQ takes its time, and PostgreSQL can be migrated
    /// meanwhile.
    /// </summary>
    internal static async Task<LocalServers> BeginAsync(
        LocalServersOptions options, IProgress<LocalProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.Temporary)
        {
            await TemporaryFolders.SweepAsync(progress, TimeProvider.System);
        }
        var data = await DataFolder.OpenAsync(options.DataFolder ?? Path.Combine(Repository.Root, ".mpp"), progress);
        var servers = new LocalServers(options, data, progress);
        try
        {
            await ExistingServers.CheckAsync(options, cancellationToken);
            string[] own = [.. servers._postgres is not null ? [DebianPackages.Postgres] : (string[])[],
                .. servers._rabbitMq is not null ? [DebianPackages.RabbitMq] : (string[])[]];
            await DebianPackages.EnsureAsync(own, progress, cancellationToken);
            servers.RabbitMqReady = servers._rabbitMq?.StartAsync(progress, cancellationToken) ?? Task.CompletedTask;
            servers.PostgresReady = servers._postgres?.StartAsync(progress, cancellationToken) ?? Task.CompletedTask;
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of a service's database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="role">The role; by default the database's own role, which has the same name.</param>
    public string PostgresConnectionString(string database, string? role = null)
    {
        role ??= database;
        return _postgres is not null
            ? _postgres.ConnectionString(database, role)
            : new NpgsqlConnectionStringBuilder(External())
            {
                Database = database,
                Username = role,
                Password = Data.Secrets[$"postgres/{role}"]
            }.ConnectionString;
    }

    /// <summary>The connection string of the role that may do everything.</summary>
    public string AdministratorConnectionString(string database = "postgres") => _postgres is not null
        ? _postgres.ConnectionString(database, "postgres")
        : new NpgsqlConnectionStringBuilder(External()) { Database = database }.ConnectionString;

    /// <summary>
    /// Creates a database and a role of the same name that owns it, where they are missing. No other role can connect
    /// to it.
    /// </summary>
    /// <returns>The connection string for that role.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!DatabaseName().IsMatch(name))
        {
            throw new ArgumentException("A database's name is lower-case letters, digits and _.", nameof(name));
        }
        var password = Data.Secrets[$"postgres/{name}"];
        var unpooled = new NpgsqlConnectionStringBuilder(AdministratorConnectionString()) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        // Two sessions that change the rights of one database at once end in "tuple concurrently updated". The lock
        // ends with the connection.
        await ExecuteAsync("SELECT pg_advisory_lock(hashtext('mpp-create-database'))");
        var hasRole = await ExistsAsync("SELECT 1 FROM pg_roles WHERE rolname = @name");
        await ExecuteAsync($"{(hasRole ? "ALTER" : "CREATE")} ROLE {name} LOGIN PASSWORD '{password}'");
        if (!await ExistsAsync("SELECT 1 FROM pg_database WHERE datname = @name"))
        {
            await ExecuteAsync($"GRANT {name} TO CURRENT_USER");
            await ExecuteAsync($"CREATE DATABASE {name} OWNER {name}");
        }
        foreach (var closed in _postgres is null ? [name] : new[] { name, "postgres", "template1" })
        {
            await ExecuteAsync($"REVOKE ALL ON DATABASE {closed} FROM PUBLIC");
        }
        return PostgresConnectionString(name);

        async Task<bool> ExistsAsync(string sql)
        {
            await using var command =
                new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter("name", name) } };
            return await command.ExecuteScalarAsync(cancellationToken) is not null;
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Creates a virtual host of the broker, with the services' users and their rights. Returns its address for the
    /// administrator.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="agencies">Agencies beside those of the mall, by their codes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Uri> CreateVirtualHostAsync(
        string name, IReadOnlyList<string> agencies, CancellationToken cancellationToken = default) =>
        Own(_rabbitMq).ImportAsync(
            name, [.. BrokerUser.Of(MallService.All), .. agencies.Select(BrokerUser.Agency)], cancellationToken);

    /// <summary>The address of the same virtual host for a service's own user.</summary>
    /// <param name="broker">The address for another user.</param>
    /// <param name="service">The service.</param>
    public Uri BrokerUri(Uri broker, string service) =>
        new UriBuilder(broker)
        {
            UserName = service,
            Password = Data.Secrets[BrokerDefinitions.Secret(service)],
        }.Uri;

    /// <summary>Stops PostgreSQL in order; sessions are ended.</summary>
    public Task StopPostgresAsync() => Own(_postgres).StopAsync();

    /// <summary>SIGKILL to PostgreSQL and its sessions.</summary>
    public Task KillPostgresAsync() => Own(_postgres).KillAsync();

    /// <summary>Starts PostgreSQL again, on the same port.</summary>
    public Task StartPostgresAsync(CancellationToken cancellationToken = default) =>
        Own(_postgres).StartAsync(_progress, cancellationToken);

    /// <summary>Stops RabbitMQ in order.</summary>
    public Task StopRabbitMqAsync() => Own(_rabbitMq).StopAsync();

    /// <summary>SIGKILL to RabbitMQ.</summary>
    public Task KillRabbitMqAsync() => Own(_rabbitMq).KillAsync();

    /// <summary>Starts RabbitMQ again, on the same port.</summary>
    public Task StartRabbitMqAsync(CancellationToken cancellationToken = default) =>
        Own(_rabbitMq).StartAsync(_progress, cancellationToken);

    /// <summary>Processor time used so far, by server.</summary>
    public IReadOnlyDictionary<string, TimeSpan> CpuTimes() => new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        ["postgres"] = _postgres?.CpuTime ?? TimeSpan.Zero,
        ["rabbitmq"] = _rabbitMq?.CpuTime ?? TimeSpan.Zero,
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // A start that is still under way has to end first; whoever waited for it has been told how it ended.
        await Task.WhenAll(PostgresReady, RabbitMqReady)
            .ContinueWith(static done => _ = done.Exception, TaskScheduler.Default);
        await Task.WhenAll(
            (_options.Temporary ? _postgres?.AbandonAsync() : _postgres?.StopAsync()) ?? Task.CompletedTask,
            (_options.Temporary ? _rabbitMq?.KillAsync() : _rabbitMq?.StopAsync()) ?? Task.CompletedTask);
        if (_options.Temporary)
        {
            NpgsqlConnection.ClearAllPools();
            TemporaryFolders.Remove(Data.Path);
        }
        Data.Dispose();
    }

    private static T Own<T>(T? server) where T : class =>
        server ?? throw new InvalidOperationException("This server is not ours to stop and start.");

    private string External() =>
        _options.Postgres ?? throw new InvalidOperationException("These servers have no PostgreSQL.");

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DatabaseName();
}
