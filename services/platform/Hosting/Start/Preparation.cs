namespace Mpp.Hosting.Start;

/// <summary>
/// What must be done before the service may work: reach the database, migrate or check it, load the sandbox. Hosted
/// services that are registered after it (the bus, the relay) start when it has finished.
/// </summary>
internal sealed partial class Preparation(
    IServiceScopeFactory scopes,
    IEnumerable<IDatabase> databases,
    IOptions<DatabaseOptions> databaseOptions,
    IOptions<SandboxOptions> sandbox,
    PreparationState state,
    ILogger<Preparation> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var database in databases)
        {
            await database.WaitUntilReachableAsync(cancellationToken);
            await (databaseOptions.Value.MigrateAtStart
                ? database.MigrateAsync(cancellationToken)
                : database.CheckAsync(cancellationToken));
        }

        if (sandbox.Value.Load)
        {
            await using var scope = scopes.CreateAsyncScope();
            foreach (var loader in scope.ServiceProvider.GetServices<ISandbox>())
            {
                await loader.LoadAsync(cancellationToken);
                LogLoaded(logger, loader.GetType().Name);
            }
        }

        state.Done();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Information, "Sandbox data is loaded: {Sandbox}.")]
    private static partial void LogLoaded(ILogger logger, string sandbox);
}

/// <summary>Whether the service may work.</summary>
internal sealed class PreparationState
{
    private volatile bool _done;

    public bool IsDone => _done;

    public void Done() => _done = true;
}

internal static class PreparationExtensions
{
    public static void AddPreparation(this IServiceCollection services)
    {
        services.AddSingleton<PreparationState>();
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section)
            .Validate(options => options.StartTimeout > TimeSpan.Zero,
                "Database:StartTimeout must be longer than zero, for example 00:10:00.")
            .ValidateOnStart();
        services.AddHostedService<Preparation>();
    }
}
