using System.CommandLine;
using Mpp.Load;
using Mpp.Load.Comparison;
using Mpp.Load.Gateway;
using Mpp.Load.Grown;

var rate = Count("--rate", "Applications submitted per second.", 50);
var seconds = Count("--seconds", "How long to submit.", 60);
var ceilingSeconds = Count("--seconds", "How long to measure.", 15);

var copies = Count("--copies", "How many processes each service has.", 1);
var traces = new Option<bool>("--traces")
{
    Description = "The services export their telemetry, and a viewer takes it."
};
var applications = new Command(
    "applications", "Drives births, six steps each, through the gateway of a private mall and measures them.")
{ rate, seconds, copies, traces };
applications.SetAction((parsed, cancellationToken) => ApplicationsRun.RunAsync(
    parsed.GetValue(rate), parsed.GetValue(seconds), cancellationToken, copies: parsed.GetValue(copies),
    traces: parsed.GetValue(traces)));

var ceiling = new Command(
    "ceiling", "The same, then bare MassTransit publish and consume on the same broker, and the ratio of the two.")
{ rate, ceilingSeconds };
ceiling.SetAction((parsed, cancellationToken) =>
    ApplicationsRun.RunAsync(
        parsed.GetValue(rate), parsed.GetValue(ceilingSeconds), cancellationToken, withCeiling: true));

var peersRate = Count("--rate", "Applications submitted per second.", 20);
var turns = Count("--turns", "How often each side is measured.", 3);
var warmUp = Count("--warm-up", "Seconds before each measurement, at 20 applications a second.", 60);
var announce = new Option<bool>("--announce")
{
    Description = "The peers publish every change of an application too: 19 messages an application, as ours, not 12."
};
var findHighest = new Option<bool>("--find-highest")
{
    Description = "Raise the rate, from --rate by a fifth each --seconds, until something lags; once for each side."
};
var peers = new Command(
    "peers", "Our mall and the same flow built with another library, in turns on servers of their own.")
{ peersRate, seconds, turns, warmUp, announce, findHighest };
peers.SetAction((parsed, cancellationToken) => PeersRun.RunAsync(
    new PeersOptions(
        parsed.GetValue(peersRate), parsed.GetValue(seconds), parsed.GetValue(turns), parsed.GetValue(warmUp),
        parsed.GetValue(announce), parsed.GetValue(findHighest)),
    cancellationToken));

var gatewaySeconds = Count("--seconds", "How long each turn lasts.", 3);
var gateway = new Command(
    "gateway", "What the gateway's policies cost on top of bare YARP, in turns on the same machine.")
{ gatewaySeconds };
gateway.SetAction(
    (parsed, cancellationToken) => GatewayRun.RunAsync(parsed.GetValue(gatewaySeconds), cancellationToken));

var many = Count("--applications", "How many; each takes some 20 kB of disk.", 1_000_000);
var grown = new Command(
    "grown", "What a mall with years of applications costs against a new one, and how large its tables are.") { many };
grown.SetAction((parsed, cancellationToken) => GrownRun.RunAsync(parsed.GetValue(many), cancellationToken));

// The processes that `gateway` starts beside itself.
var url = new Argument<string>("url");
var upstream = new Argument<string>("upstream");
var bareService = new Command(BareYarp.ServiceVerb) { Hidden = true, Arguments = { url } };
bareService.SetAction((parsed, _) => BareYarp.RunServiceAsync(parsed.GetValue(url)!));
var bareProxy = new Command(BareYarp.ProxyVerb) { Hidden = true, Arguments = { url, upstream } };
bareProxy.SetAction((parsed, _) => BareYarp.RunProxyAsync(parsed.GetValue(url)!, parsed.GetValue(upstream)!));

return await new RootCommand("Load and ceiling of MPP Digital on this machine.")
{
    applications, ceiling, peers, gateway, grown, bareService, bareProxy
}.Parse(args).InvokeAsync();

static Option<int> Count(string name, string description, int usual)
{
    var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
    option.Validators.Add(given =>
    {
        if (given.Tokens.Count > 0 && given.GetValueOrDefault<int>() < 1)
        {
            given.AddError($"{name} must be at least 1.");
        }
    });
    return option;
}
