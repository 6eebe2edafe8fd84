using System.Net;
using Mpp.Load.Measuring;
using Mpp.Local;

namespace Mpp.Load.Sides;

/// <summary>Our mall, through its gateway.</summary>
internal sealed class MallSide : ISide
{
    private static readonly ProbedTables Tables = new(
        ["mpp_applications", "mpp_civil_registry", "mpp_police", "mpp_bpjs", "mpp_health", "mpp_licensing",
            "mpp_payments"],
        "SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - "
            + "created_at) * 1000 FROM outbox ORDER BY id LIMIT 1), 0)::float8",
        "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')), 0)");

    private MallSide(Mall mall, HttpClient client)
    {
        Mall = mall;
        Client = client;
        Probe = new Probe(mall.Servers, Tables);
    }

    /// <summary>The mall itself, for what only ours has.</summary>
    public Mall Mall { get; }

    public HttpClient Client { get; }

    public Uri Applications { get; } = new("/v1/applications", UriKind.Relative);

    public HttpStatusCode Accepted => HttpStatusCode.Created;

    public Probe Probe { get; }

    /// <param name="people">How many people the registers have.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="copies">How many processes each service has.</param>
    /// <param name="traces">Whether they export their telemetry, and a viewer takes it.</param>
    public static async Task<MallSide> StartAsync(
        int people, CancellationToken cancellationToken, int copies = 1, bool traces = false)
    {
        var options = MallOptions.ForTests() with { SandboxPeople = people, Copies = copies, Traces = traces };
        var mall = await Mall.StartAsync(options, progress: null, cancellationToken);
        try
        {
            return new MallSide(mall, await mall.ClientAsync("portal", cancellationToken));
        }
        catch
        {
            await mall.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyDictionary<string, TimeSpan> CpuTimes() => Mall.CpuTimes();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Probe.DisposeAsync();
        await Mall.DisposeAsync();
    }
}
