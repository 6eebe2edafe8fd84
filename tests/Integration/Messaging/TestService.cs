using System.Collections.Concurrent;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

using Mpp.Hosting.Start;
using Mpp.Messaging;

namespace Mpp.Integration.Messaging;

public sealed record Work(Guid Id, string Reply);

public sealed record Done(Guid Id);

public sealed record Told(Guid Id);

/// <summary>
/// A row per time that a handler's transaction took effect; nothing keeps it from being written twice but the inbox.
/// </summary>
public sealed class Effect
{
    public long Id { get; set; }

    public Guid WorkId { get; set; }

    public string By { get; set; } = "";
}

public sealed class TestDbContext(DbContextOptions<TestDbContext> options) : DbContext(options)
{
    public DbSet<Effect> Effects => Set<Effect>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging();
}

/// <summary>What a test does to handlers from outside.</summary>
public sealed class Hooks
{
    public Func<Work, ConsumeContext, Task> AfterWork { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Done, Task> AfterDone { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<Guid> Told { get; } = [];

    /// <summary>Work that is counted once it is committed.</summary>
    public ConcurrentQueue<Guid> Committed { get; } = [];
}

public sealed class WorkConsumer(TestDbContext database, ICommandSender sender, Hooks hooks) : IConsumer<Work>
{
    public async Task Consume(ConsumeContext<Work> context)
    {
        database.Effects.Add(new Effect { WorkId = context.Message.Id, By = "work" });
        await sender.SendAsync(context.Message.Reply, new Done(context.Message.Id), context.CancellationToken);
        await hooks.AfterWork(context.Message, context);
    }
}

public sealed class DoneConsumer(TestDbContext database, Hooks hooks) : IConsumer<Done>
{
    public async Task Consume(ConsumeContext<Done> context)
    {
        database.Effects.Add(new Effect { WorkId = context.Message.Id, By = "done" });
        await hooks.AfterDone(context.Message);
    }
}

public sealed class ToldConsumer(Hooks hooks) : IConsumer<Told>
{
    public Task Consume(ConsumeContext<Told> context)
    {
        hooks.Told.Enqueue(context.Message.Id);
        return Task.CompletedTask;
    }
}

/// <summary>A service as its Program.cs would build it, in this process.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _started;

    private TestService(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public Hooks Hooks => _host.Services.GetRequiredService<Hooks>();

    public static async Task<TestService> StartAsync(
        string database,
        Uri rabbitMq,
        Action<MessagingConfigurator> configure,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var service = Build(database, rabbitMq, configure, settings, services);
        await service.StartAsync();
        return service;
    }

    public static TestService Build(
        string database,
        Uri rabbitMq,
        Action<MessagingConfigurator> configure,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "test" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Database"] = database,
            ["ConnectionStrings:RabbitMq"] = rabbitMq.ToString(),
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.AddProvider(new TestLog());
        // As in every service: health is asked for, and not written down.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddSingleton<Hooks>();
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database) { MaxAutoPrepare = 64, AutoPrepareMinUsages = 3 }));
        builder.Services.AddDbContextPool<TestDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(provider.GetServices<IInterceptor>()));
        builder.AddMessaging<TestDbContext>(rabbitMq.UserInfo.Split(':')[0], configure);
        services?.Invoke(builder.Services);
        return new TestService(builder.Build());
    }

    /// <summary>What the command <c>broker</c> does.</summary>
    public static async Task DeployAsync(string database, Uri rabbitMq, Action<MessagingConfigurator> configure)
    {
        await using var service = Build(database, rabbitMq, configure);
        await service.Services.GetRequiredService<IBrokerDeployment>().DeployAsync(CancellationToken.None);
    }

    /// <summary>Returns when the queues are there; a test that starts without a broker asks not to wait.</summary>
    public async Task StartAsync(bool wait = true)
    {
        await _host.StartAsync();
        _started = true;
        if (wait)
        {
            await Services.GetRequiredService<IBusControl>()
                .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>What an endpoint does: everything in one scope, one save.</summary>
    public async Task RequestAsync(Func<IServiceProvider, TestDbContext, Task> request, bool save = true)
    {
        await using var scope = Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TestDbContext>();
        await request(scope.ServiceProvider, database);
        if (save)
        {
            await database.SaveChangesAsync();
        }
    }

    public Task SendAsync<T>(string queue, params IEnumerable<T> messages) where T : class =>
        RequestAsync(async (services, _) =>
        {
            var sender = services.GetRequiredService<ICommandSender>();
            foreach (var message in messages)
            {
                await sender.SendAsync(queue, message, default);
            }
        });

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            if (_started)
            {
                await _host.StopAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // A service whose connections were cut takes its time; the test goes on.
        }

        _host.Dispose();
    }

    private sealed class TestLog : ILoggerProvider, ILogger
    {
        private static readonly string? File = Environment.GetEnvironmentVariable("MPP_TEST_LOG");
        private static readonly Lock Gate = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => File is not null && logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lock (Gate)
                {
                    System.IO.File.AppendAllText(File!,
                        $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} "
                        + $"{formatter(state, exception)} {exception}\n");
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
