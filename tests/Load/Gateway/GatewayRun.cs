using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Mpp.Load.Measuring;
using Spectre.Console;

namespace Mpp.Load.Gateway;

/// <summary>
/// What the gateway's policies cost on top of bare YARP: both in front of the same service, in turns of a few seconds,
/// so that whatever else the machine does falls on both. CPU per request is the figure that does not depend on how busy
/// the machine is.
/// </summary>
internal static class GatewayRun
{
    private const int Connections = 32;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        var (service, bare, gateway) = (FreeAddress(), FreeAddress(), FreeAddress());
        await using var issuer = await LoadIssuer.StartAsync();
        using var serviceProcess = Start(Self(), [.. SelfArguments(), BareYarp.ServiceVerb, service]);
        using var bareProcess = Start(Self(), [.. SelfArguments(), BareYarp.ProxyVerb, bare, service]);
        using var gatewayProcess = Start("dotnet", [GatewayAssembly()], new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = gateway,
            ["ASPNETCORE_ENVIRONMENT"] = "Sandbox",
            ["Auth__Authority"] = issuer.Address,
            ["Gateway__Services__applications"] = service,
            ["Gateway__Services__catalogue"] = service,
            ["Gateway__Services__payments"] = service,
            // The limits are asked on every request, and never reached.
            ["Gateway__Limits__Address__PerSecond"] = "1000000",
            ["Gateway__Limits__Address__Burst"] = "1000000",
            ["Gateway__Limits__Client__PerSecond"] = "1000000",
            ["Gateway__Limits__Client__Burst"] = "1000000",
        });
        try
        {
            using var client = new HttpClient(
                new SocketsHttpHandler { MaxConnectionsPerServer = Connections, ActivityHeadersPropagator = null });
            await Task.WhenAll(
                new[] { service, bare, gateway }.Select(address => UntilUpAsync(client, address, cancellationToken)));
            var token = issuer.Token("applications.read");

            Measured[] measured =
            [
                new("bare YARP", $"{bare}/v1/applications/7402-261122-K7QX4M", token, bareProcess),
                new("gateway, anonymous", $"{gateway}/v1/packages", Token: null, gatewayProcess),
                new("gateway, token and scope", $"{gateway}/v1/applications/7402-261122-K7QX4M", token, gatewayProcess),
            ];
            foreach (var round in Enumerable.Range(0, Rounds + 1))
            {
                foreach (var target in measured)
                {
                    await target.RunAsync(client, TimeSpan.FromSeconds(seconds), counts: round > 0, cancellationToken);
                }
            }

            Print(measured);
            return 0;
        }
        finally
        {
            foreach (var process in (Process[])[gatewayProcess, bareProcess, serviceProcess])
            {
                process.Kill();
            }
        }
    }

    private static void Print(Measured[] measured)
    {
        var table = new Table()
            .AddColumns("", "requests/s", "of bare", "CPU µs/request", "of bare", "p50 ms", "p99 ms");
        foreach (var target in measured)
        {
            var latency = Percentiles.Of(target.Milliseconds);
            table.AddRow(
                target.Name, Text(target.PerSecond, "N0"),
                Text(target.PerSecond / measured[0].PerSecond, "P0"), Text(target.CpuMicroseconds, "N0"),
                Text(target.CpuMicroseconds / measured[0].CpuMicroseconds, "N2"), Text(latency.P50, "N2"),
                Text(latency.P99, "N2"));
        }

        AnsiConsole.Write(table);

        static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private sealed record Measured(string Name, string Address, string? Token, Process Process)
    {
        private double _seconds;
        private TimeSpan _cpu;

        public List<double> Milliseconds { get; } = [];

        public double PerSecond => Milliseconds.Count / _seconds;

        public double CpuMicroseconds => _cpu.TotalMicroseconds / Milliseconds.Count;

        public async Task RunAsync(
            HttpClient client, TimeSpan duration, bool counts, CancellationToken cancellationToken)
        {
            Process.Refresh();
            var cpu = Process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            var all = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LoopAsync()));
            var elapsed = clock.Elapsed;
            Process.Refresh();
            if (counts)
            {
                _cpu += Process.TotalProcessorTime - cpu;
                _seconds += elapsed.TotalSeconds;
                Milliseconds.AddRange(all.SelectMany(one => one));
            }

            async Task<List<double>> LoopAsync()
            {
                var times = new List<double>();
                while (clock.Elapsed < duration)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, Address);
                    request.Headers.Authorization =
                        Token is null ? null : new AuthenticationHeaderValue("Bearer", Token);
                    var start = Stopwatch.GetTimestamp();
                    using var answer = await client.SendAsync(request, cancellationToken);
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    if (answer.StatusCode != HttpStatusCode.OK)
                    {
                        throw new InvalidOperationException($"{Name}: {(int)answer.StatusCode}");
                    }
                }

                return times;
            }
        }
    }

    private static async Task UntilUpAsync(HttpClient client, string address, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var answer = await client.GetAsync($"{address}/health/ready", cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(60))
            {
                // not yet listening
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    private static Process Start(string program, string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (key, value) in environment ?? [])
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Built beside this program, in the same configuration.</summary>
    private static string GatewayAssembly() =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Gateway",
            new DirectoryInfo(AppContext.BaseDirectory).Name, "Mpp.Gateway.dll"));

    private static string Self() => Environment.ProcessPath!;

    /// <summary>Under <c>dotnet x.dll</c> the program is dotnet, and the assembly its first argument.</summary>
    private static string[] SelfArguments() =>
        Path.GetFileNameWithoutExtension(Self()) == "dotnet" ? [typeof(GatewayRun).Assembly.Location] : [];

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
