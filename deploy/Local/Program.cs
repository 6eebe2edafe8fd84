using System.CommandLine;
using Mpp.Local;
using Mpp.Local.Commands;

var data = new Option<string?>("--data") { Description = "Folder for data, logs and secrets (default: .mpp in the repository).", Recursive = true };

var servers = new Command("servers", "Only PostgreSQL and RabbitMQ, until Ctrl-C.");
servers.SetAction((result, cancellationToken) => ServersCommand.RunAsync(new LocalServersOptions { DataFolder = result.GetValue(data) }, cancellationToken));

var root = new RootCommand("MPP Digital on this machine.") { data, servers };
root.SetAction((result, cancellationToken) => ServersCommand.RunAsync(new LocalServersOptions { DataFolder = result.GetValue(data) }, cancellationToken));

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
}
catch (LocalException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
