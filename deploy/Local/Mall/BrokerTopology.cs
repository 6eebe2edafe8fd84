using Mpp.Local.Processes;

namespace Mpp.Local;

/// <summary>
/// What services find at the broker. The command <c>broker</c> of each service declares it with the administrator's
/// right, as in a deployment. It runs again only when a service was rebuilt or the broker is a new one.
/// </summary>
internal sealed class BrokerTopology(LocalServers servers, IProgress<LocalProgress>? progress)
{
    private const string Name = "broker";

    /// <summary>Returns when all is declared.</summary>
    /// <param name="services">The services, each with its own environment.</param>
    /// <param name="cancellationToken">Ends the commands.</param>
    /// <exception cref="LocalException">A service cannot declare what it needs.</exception>
    public async Task DeclareAsync(
        IReadOnlyList<(MallService Service, IReadOnlyDictionary<string, string> Environment)> services,
        CancellationToken cancellationToken)
    {
        await servers.RabbitMqReady;
        var builds = string.Join('\n', services.Select(s => BuildOf(s.Service)));
        if (servers.TopologyFile is { } file && File.Exists(file)
            && await File.ReadAllTextAsync(file, cancellationToken) == builds)
        {
            return;
        }

        progress?.Report(new LocalProgress(Name, "queues and exchanges are being declared"));
        await Task.WhenAll(services.Select(s => DeclareAsync(s.Service, s.Environment, cancellationToken)));
        if (servers.TopologyFile is { } declared)
        {
            await File.WriteAllTextAsync(declared, builds, cancellationToken);
        }

        progress?.Report(new LocalProgress(Name, "queues and exchanges are declared", Done: true));
    }

    private async Task DeclareAsync(
        MallService service, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var name = $"{service.Name}-{Name}";
        var command = await Child.StartAsync(new ChildStart
        {
            Name = name,
            File = Repository.DotNet,
            Arguments = [service.Assembly, Name],
            Environment = new Dictionary<string, string>(environment, StringComparer.Ordinal)
            {
                ["ConnectionStrings__RabbitMq"] = servers.RabbitMqUri.AbsoluteUri,
                // It declares and ends: that is no copy of the service.
                [TraceViewer.Collector] = "",
            },
            Folder = Path.GetDirectoryName(service.Assembly)!,
            LogFile = servers.Data.LogFile(name),
            PidFile = servers.Data.PidFile(name),
        });
        try
        {
            if (await command.Exited.WaitAsync(cancellationToken) is not 0 and var code)
            {
                throw new LocalException($"{service.Name} could not declare its queues (exit code {code}); "
                    + $"its log {servers.Data.LogFile(name)} ends with: {command.LogTail}");
            }
        }
        finally
        {
            await command.KillAsync();
        }
    }

    /// <summary>The files that a service is made of; the text differs after every build that changed them.</summary>
    private static string BuildOf(MallService service) => string.Join(' ',
        new DirectoryInfo(Path.GetDirectoryName(service.Assembly)!).EnumerateFiles("Mpp.*.dll")
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => string.Create(
                CultureInfo.InvariantCulture, $"{file.Name}:{file.Length}:{file.LastWriteTimeUtc.Ticks}"))
            .Prepend(service.Name));
}
