using System.CommandLine;
using Mpp.Local;
using Mpp.Local.Commands;

var data = new Option<string?>("--data")
{
    Description = "Folder for data, logs and secrets (default: .mpp in the repository).",
    Recursive = true,
    HelpName = "folder"
};
var postgres = new Option<string?>("--postgres")
{
    Description = "An existing PostgreSQL 15+: connection string of a role that may create roles and databases.",
    HelpName = "connection string"
};
var rabbitMq = new Option<string?>("--rabbitmq")
{
    Description = "An existing RabbitMQ 3.10+: amqp://user:password@host:port/vhost.",
    HelpName = "address"
};
var port = new Option<int>("--port")
{
    Description = "The gateway's port on this machine; 0 for any that is free.",
    DefaultValueFactory = _ => 8080
};
var once =
    new Option<bool>("--once") { Description = "Exit after the demonstration: 0 only if all applications completed." };
var without = new Option<string[]>("--without")
{
    Description = "A service that you start yourself, in a debugger; its environment is in <data>/<service>.env.",
    HelpName = "service",
};
var noTraces = new Option<bool>("--no-traces") { Description = "Without the viewer of traces." };

var servers = new Command("servers", "Only PostgreSQL and RabbitMQ, until Ctrl-C.");
servers.SetAction((result, cancellationToken) => ServersCommand.RunAsync(
    new LocalServersOptions { DataFolder = result.GetValue(data) }, cancellationToken));

var root = new RootCommand(
    "MPP Digital on this machine: servers, services, gateway, and one application for each package.")
{
    data, postgres, rabbitMq, port, once, without, noTraces, servers,
};
root.SetAction((result, cancellationToken) => MallCommand.RunAsync(
    new MallOptions
    {
        Port = result.GetValue(port) is > 0 and var chosen ? chosen : null,
        Without = result.GetValue(without) ?? [],
        Traces = !result.GetValue(noTraces),
        Servers = new LocalServersOptions
        {
            DataFolder = result.GetValue(data),
            Postgres = ConnectionString(result.GetValue(postgres)),
            RabbitMq = BrokerAddress(result.GetValue(rabbitMq))
        },
    },
    result.GetValue(once),
    cancellationToken));

try
{
    var invocation = new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(60)
    };
    return await root.Parse(args).InvokeAsync(invocation);
}
catch (LocalException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (Npgsql.NpgsqlException e)
{
    await Console.Error.WriteLineAsync($"PostgreSQL cannot be used ({e.Message}): is it running, "
        + "and may the role of --postgres create roles and databases?");
    return 1;
}

static string? ConnectionString(string? text)
{
    try
    {
        return text is null ? null : new Npgsql.NpgsqlConnectionStringBuilder(text).ConnectionString;
    }
    catch (ArgumentException)
    {
        throw new LocalException($"--postgres {text} is not a connection string like "
            + "Host=localhost;Port=5432;Username=postgres;Password=….");
    }
}

static Uri? BrokerAddress(string? text) =>
    text is null ? null
    : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("amqp" or "amqps") ? address
    : throw new LocalException($"--rabbitmq {text} is not an address like amqp://user:password@host:5672/vhost.");
