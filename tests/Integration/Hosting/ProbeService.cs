using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mpp.Contracts;
using Mpp.Hosting;
using Mpp.Hosting.Auth;
using Mpp.Support;
using Npgsql;

namespace Mpp.Integration.Hosting;

/// <summary>A service made with Hosting and nothing else.</summary>
internal sealed class ProbeService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProbeService(WebApplication app) => _app = app;

    public HttpClient Client { get; private set; } = null!;

    public ConcurrentQueue<string> Errors { get; } = new();

    public IServiceProvider Services => _app.Services;

    /// <summary>Builds the service; <see cref="ListenAsync"/> starts it.</summary>
    public static ProbeService Build(
        string authority, Action<WebApplicationBuilder>? configure = null, params string[] arguments)
    {
        var builder = MppHost.CreateBuilder(
            ["--urls=http://127.0.0.1:0", "--environment=Sandbox", $"--Auth:Authority={authority}", .. arguments],
            "probe");
        configure?.Invoke(builder);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var service = new ProbeService(app);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new ErrorLog(service.Errors));
        app.UseMpp();
        app.MapPost("/things", (Thing thing) => TypedResults.Ok(thing)).RequireScope("things.write");
        app.MapGet("/things/{id:int}", (int id, CallerRegion region) =>
            region.Covers(RegionCode.Parse("74.02.01")) ? Results.Ok(id) : Results.NotFound())
            .RequireScope("things.read").ExcludeFromDescription();
        app.MapGet("/closed", () => "nobody said who may call this").ExcludeFromDescription();
        app.MapGet("/broken", string () => throw new InvalidOperationException("a bug")).AllowAnonymous()
            .ExcludeFromDescription();
        app.MapGet("/stored", async (IServiceProvider services) =>
        {
            await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT 1");
            return (int?)await command.ExecuteScalarAsync();
        }).AllowAnonymous().ExcludeFromDescription();
        return service;
    }

    public static async Task<ProbeService> StartAsync(string authority, params string[] arguments)
    {
        var service = Build(authority, configure: null, arguments);
        await service._app.StartAsync();
        service.Connect();
        return service;
    }

    /// <summary>Starts without waiting for the end of the start, only for the server to listen.</summary>
    public async Task<Task> ListenAsync()
    {
        var started = _app.StartAsync();
        await Wait.UntilAsync(
            () => started.IsFaulted || _app.Urls.All(url => !url.EndsWith(":0", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(30), "the server does not listen");
        Connect();
        return started;
    }

    public async Task<int> RunAsync() => await _app.RunMppAsync();

    public async Task<HttpResponseMessage> PostAsync(
        string path, string body, string? token, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, mediaType)
        };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return await Client.SendAsync(request);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Connect() =>
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) };

    private sealed class ErrorLog(ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue(formatter(state, exception) + exception?.Message);
            }
        }

        public void Dispose()
        {
        }
    }
}

internal sealed record Thing(Nik Nik, string Name, ThingKind Kind, Part? Part = null);

internal sealed record Part(string Code, DateOnly? Since = null);

internal enum ThingKind
{
    SmallThing,
    LargeThing,
}
