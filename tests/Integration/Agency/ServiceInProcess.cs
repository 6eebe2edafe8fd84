using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Mpp.Support;

namespace Mpp.Integration.Agency;

/// <summary>
/// A service in the test's process, started through its own Program.cs with the configuration given on its command
/// line. The host says over a DiagnosticListener that it is built, which is also how WebApplicationFactory finds it.
/// </summary>
internal sealed class ServiceInProcess : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Task<int> _run;

    private ServiceInProcess(IHost host, Task<int> run) => (_host, _run) = (host, run);

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a service of the product.</summary>
    /// <param name="program">Its assembly.</param>
    /// <param name="configuration">Configuration keys and values.</param>
    public static Task<ServiceInProcess> StartAsync(
        Assembly program, IReadOnlyDictionary<string, string> configuration) =>
        // The compiler makes the entry point wait for the asynchronous Main.
        StartAsync(arguments => Task.Run(() => (int)program.EntryPoint!.Invoke(null, [arguments])!), configuration);

    /// <summary>Returns when the service is ready.</summary>
    /// <param name="program">Builds and runs it.</param>
    /// <param name="configuration">Configuration keys and values.</param>
    public static async Task<ServiceInProcess> StartAsync(
        Func<string[], Task<int>> program, IReadOnlyDictionary<string, string> configuration)
    {
        string[] arguments =
        [
            "--environment", "Sandbox",
            "--urls", "http://127.0.0.1:0",
            "--contentRoot", AppContext.BaseDirectory,
            .. configuration.SelectMany(pair => new[] { $"--{pair.Key}", pair.Value }),
        ];
        var built = new HostBuilt();
        using var listening = DiagnosticListener.AllListeners.Subscribe(built);
        var run = Task.Run(() =>
        {
            built.Mine.Value = true;
            return program(arguments);
        });
        if (await Task.WhenAny(built.Host, run) == run)
        {
            throw new InvalidOperationException($"The service ended with {await run} before it was built.");
        }

        var host = await built.Host;
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        if (await Task.WhenAny(started.Task, run).WaitAsync(TimeSpan.FromMinutes(2)) == run)
        {
            throw new InvalidOperationException($"The service ended with {await run} while it was starting.");
        }

        // What is sent to a queue that does not exist yet is lost: only the relay asks the broker to say so.
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await Wait.UntilAsync(
            async () =>
                (await health.CheckHealthAsync(check => check.Tags.Contains("ready"))).Status == HealthStatus.Healthy,
            TimeSpan.FromMinutes(1),
            "The service is not ready.");
        return new ServiceInProcess(host, run);
    }

    public async ValueTask DisposeAsync()
    {
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _run.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private sealed class HostBuilt : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private readonly TaskCompletionSource<IHost> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Several services may be built at the same time; this one flows only into ours.</summary>
        public AsyncLocal<bool> Mine { get; } = new();

        public Task<IHost> Host => _host.Task;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == "HostBuilt" && Mine.Value)
            {
                _host.TrySetResult((IHost)value.Value!);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
