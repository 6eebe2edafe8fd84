using Mpp.Hosting.OpenApi;
using Mpp.Hosting.Start;

namespace Mpp.Hosting;

/// <summary>The life of a service's process, from its command line to its exit code.</summary>
internal static class ServiceRun
{
    public static async Task<int> RunAsync(WebApplication app, Action<WebApplication>? map)
    {
        await using var _ = app;
        var identity = app.Services.GetRequiredService<ServiceIdentity>();
        try
        {
            if (identity.Arguments is ["migrate", ..])
            {
                return await MigrateAsync(app);
            }

            if (identity.Arguments is ["broker", ..])
            {
                foreach (var broker in app.Services.GetServices<IBrokerDeployment>())
                {
                    await broker.DeployAsync(app.Lifetime.ApplicationStopping);
                }

                return 0;
            }

            if (identity.Arguments is ["openapi", ..])
            {
                map?.Invoke(app);
                await Console.Out.WriteLineAsync(await OpenApiText.WriteAsync(app));
                return 0;
            }

            // Before the host validates: it would log what is printed here.
            app.Services.GetService<IStartupValidator>()?.Validate();
            map?.Invoke(app);
            await app.StartAsync();
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return 0; // told to stop while it was still starting
        }
        catch (Exception exception) when (StartReasons.Of(exception) is { Count: > 0 } reasons)
        {
            foreach (var reason in reasons)
            {
                await Console.Error.WriteLineAsync($"{identity.Name} cannot start: {reason}");
            }

            return 1;
        }
    }

    private static async Task<int> MigrateAsync(WebApplication app)
    {
        foreach (var database in app.Services.GetServices<IDatabase>())
        {
            await database.WaitUntilReachableAsync(app.Lifetime.ApplicationStopping);
            await database.MigrateAsync(app.Lifetime.ApplicationStopping);
        }

        return 0;
    }
}
