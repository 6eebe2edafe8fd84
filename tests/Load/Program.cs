using System.CommandLine;
using Mpp.Load;
using Mpp.Load.Comparison;
using Mpp.Load.Gateway;
using Mpp.Load.Grown;

var rate =
    new Option<int>("--rate") { Description = "Applications submitted per second.", DefaultValueFactory = _ => 50 };
var seconds = new Option<int>("--seconds") { Description = "How long to submit.", DefaultValueFactory = _ => 60 };
var ceilingSeconds =
    new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 15 };

var applications = new Command(
    "applications", "Drives five-step applications through the gateway of a private mall and measures them.")
{ rate, seconds };
applications.SetAction((parsed, cancellationToken) =>
    ApplicationsRun.RunAsync(parsed.GetValue(rate), parsed.GetValue(seconds), withCeiling: false, cancellationToken));

var ceiling = new Command(
    "ceiling", "The same, then bare MassTransit publish and consume on the same broker, and the ratio of the two.")
{ rate, ceilingSeconds };
ceiling.SetAction((parsed, cancellationToken) =>
    ApplicationsRun.RunAsync(
        parsed.GetValue(rate), parsed.GetValue(ceilingSeconds), withCeiling: true, cancellationToken));

var peersRate =
    new Option<int>("--rate") { Description = "Applications submitted per second.", DefaultValueFactory = _ => 20 };
var turns =
    new Option<int>("--turns") { Description = "How often each side is measured.", DefaultValueFactory = _ => 3 };
var warmUp = new Option<int>("--warm-up")
{
    Description = "Seconds before each measurement, at 20 applications a second.",
    DefaultValueFactory = _ => 60
};
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

var gatewaySeconds =
    new Option<int>("--seconds") { Description = "How long each turn lasts.", DefaultValueFactory = _ => 3 };
var gateway = new Command(
    "gateway", "What the gateway's policies cost on top of bare YARP, in turns on the same machine.")
{ gatewaySeconds };
gateway.SetAction(
    (parsed, cancellationToken) => GatewayRun.RunAsync(parsed.GetValue(gatewaySeconds), cancellationToken));

var many =
    new Option<int>("--applications") { Description = "How many.", DefaultValueFactory = _ => 1_000_000 };
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
