using System.Globalization;
using System.Net;
using Mpp.Load.Measuring;
using Mpp.Local;

namespace Mpp.Load.Sides;

/// <summary>
/// The same applications by three processes with Wolverine: a coordinator, the civil registry and BPJS, each with a
/// database of its own. It has neither gateway nor tokens, idempotency keys, rules, deadlines or alarms.
/// </summary>
internal sealed class WolverineSide : ISide
{
    private const string Coordinator = "applications";

    private static readonly string[] Roles = [Coordinator, "civil-registry", "bpjs"];

    // The outbox has no column with a time, but the ids in it begin with one: .NET's ticks.
    private const string OldestMessage =
        "SELECT coalesce((SELECT (extract(epoch FROM clock_timestamp()) * 10000000 + 621355968000000000 "
            + "- ('x' || replace(left(id::text, 18), '-', ''))::bit(64)::bigint) / 10000 "
            + "FROM wolverine.wolverine_outgoing_envelopes ORDER BY id LIMIT 1), 0)::float8";

    // A row is a request in the coordinator's table, unless it waits or is left out, and an answer in an agency's,
    // which has no status. A change is told once for each application and once for each answer.
    private const string Steps =
        "FROM (SELECT application_id, coalesce(to_jsonb(s) ->> 'status', '') AS status FROM steps AS s) AS s";
    private const string Messages = "SELECT count(*) FILTER (WHERE status NOT IN ('waiting', 'skipped')) ";
    private const string Changes = "+ count(*) FILTER (WHERE status = 'completed') "
        + "+ count(DISTINCT application_id) FILTER (WHERE status <> '') ";

    private readonly LocalServers _servers;
    private readonly List<ServiceProcess> _processes = [];

    private WolverineSide(LocalServers servers, bool announces)
    {
        _servers = servers;
        Probe = new Probe(servers, new ProbedTables(
            [.. Roles.Select(DatabaseOf)], OldestMessage, Messages + (announces ? Changes : "") + Steps));
        Client = new HttpClient { BaseAddress = Address() };
    }

    public HttpClient Client { get; }

    public Uri Applications { get; } = new("/applications", UriKind.Relative);

    public HttpStatusCode Accepted => HttpStatusCode.Accepted;

    public Probe Probe { get; }

    public static async Task<WolverineSide> StartAsync(
        int people, bool announces, CancellationToken cancellationToken)
    {
        var servers = await LocalServers.StartAsync(
            LocalServersOptions.ForTests(), progress: null, cancellationToken);
        var side = new WolverineSide(servers, announces);
        try
        {
            foreach (var role in Roles)
            {
                await side.StartAsync(role, people, announces, cancellationToken);
            }

            return side;
        }
        catch
        {
            await side.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyDictionary<string, TimeSpan> CpuTimes()
    {
        var times = new Dictionary<string, TimeSpan>(_servers.CpuTimes(), StringComparer.Ordinal);
        foreach (var process in _processes)
        {
            times[process.Name] = process.CpuTime;
        }

        return times;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Probe.DisposeAsync();
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));
        await _servers.DisposeAsync();
    }

    private static string DatabaseOf(string role) => $"peer_{role.Replace('-', '_')}";

    private static Uri Address() =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Next()}"));

    private async Task StartAsync(string role, int people, bool announces, CancellationToken cancellationToken)
    {
        var address = role == Coordinator ? Client.BaseAddress! : Address();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = address.AbsoluteUri,
            ["ConnectionStrings__Database"] =
                await _servers.CreateDatabaseAsync(DatabaseOf(role), cancellationToken),
            ["ConnectionStrings__RabbitMq"] = _servers.RabbitMqUri.AbsoluteUri,
            ["Sandbox__People"] = people.ToString(CultureInfo.InvariantCulture),
            ["Announce"] = announces.ToString(),
            // As for the mall's services.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_gcServer"] = "0",
        };
        var process = new ServiceProcess(
            WolverineBuild.Role(role), _servers.Data, environment, address, TimeSpan.Zero, progress: null);
        _processes.Add(process);
        await process.StartAsync(cancellationToken);
    }
}
