using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mpp.Hosting.Start;

namespace Mpp.Hosting.Database;

internal static class DatabaseSetup
{
    private const string Key = "ConnectionStrings:Database";

    /// <summary>
    /// How many connections a process opens unless its connection string says otherwise. More of them at once do not
    /// finish more work: with two copies on two cores, 12 took 8 % less processor time than 100, and a burst of
    /// requests waited in the process instead of using up what PostgreSQL has.
    /// </summary>
    private const int MaxPoolSize = 25;

    public static void Add<TDbContext>(
        IServiceCollection services, IConfiguration configuration) where TDbContext : DbContext
    {
        services.TryAddSingleton(provider => CreateDataSource(
            configuration[Key], provider.GetRequiredService<ServiceIdentity>().Name,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddDbContextPool<TDbContext>((provider, options) =>
        {
            options.AddInterceptors(provider.GetServices<IInterceptor>());
            // A key that exists already is how duplicates are recognised, so it is not reported here. A fault that
            // nobody handles is reported by whoever catches it last.
            options.ConfigureWarnings(events => events.Log(
                (CoreEventId.SaveChangesFailed, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug)));
            // `dotnet ef` builds the model without any database.
            _ = EF.IsDesignTime
                ? options.UseNpgsql()
                : options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>());
            options.UseSnakeCaseNamingConvention();
        });
        services.AddSingleton<IDatabase, ServiceDatabase<TDbContext>>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("postgresql", tags: ["ready"]);
        services.AddOptions<ConnectionOptions>()
            .Configure(options => options.Fault = Fault(configuration[Key]))
            .Validate(options => options.Fault is null, Fault(configuration[Key]) ?? "")
            .ValidateOnStart();
    }

    /// <summary>What is wrong with a connection string, without repeating it: it has a password in it.</summary>
    internal static string? Fault(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return $"{Key} is missing. Set it to the service's own database, "
                + "for example Host=localhost;Database=mpp_police;Username=mpp_police;Password=….";
        }

        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database)
                ? $"{Key} must name Host and Database."
                : null;
        }
        catch (ArgumentException exception)
        {
            return $"{Key} is not a PostgreSQL connection string: {exception.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static bool Says(string? connectionString, params ReadOnlySpan<string> names)
    {
        var said = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var name in names)
        {
            if (said.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    private static NpgsqlDataSource CreateDataSource(string? connectionString, string service, ILoggerFactory loggers)
    {
        if (Fault(connectionString) is { } fault)
        {
            throw new StartException(fault);
        }

        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.ApplicationName ??= $"mpp-{service}";
        // The same few statements run all day; prepared they cost PostgreSQL no planning.
        if (builder.ConnectionStringBuilder.MaxAutoPrepare == 0)
        {
            builder.ConnectionStringBuilder.MaxAutoPrepare = 64;
            builder.ConnectionStringBuilder.AutoPrepareMinUsages = 3;
        }

        // Nothing here leaves anything behind in a session, except an advisory lock that its holder gives back. To
        // reset a session after each use would be seven statements that PostgreSQL parses every time.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        if (!Says(connectionString, "Maximum Pool Size", "MaxPoolSize"))
        {
            builder.ConnectionStringBuilder.MaxPoolSize = MaxPoolSize;
        }

        builder.UseLoggerFactory(loggers);
        return builder.Build();
    }

    private sealed class ConnectionOptions
    {
        public string? Fault { get; set; }
    }
}
