namespace Mpp.Local.Commands;

/// <summary><c>servers</c>: PostgreSQL and RabbitMQ until Ctrl-C, for work on a single service.</summary>
internal static class ServersCommand
{
    public static async Task<int> RunAsync(LocalServersOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var servers = await LocalServers.StartAsync(
                options, new LineProgress(Terminal.Console), cancellationToken);
            // Written as they are: a wrapped line cannot be copied.
            Console.WriteLine($"PostgreSQL  {servers.AdministratorConnectionString()}");
            Console.WriteLine($"RabbitMQ    {servers.RabbitMqUri}");
            Console.WriteLine($"Logs        {Path.Combine(servers.DataPath, "logs")}");
            Console.WriteLine("Ctrl-C stops both.");
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
        }
        return 0;
    }
}
