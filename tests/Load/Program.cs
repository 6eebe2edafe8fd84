using System.CommandLine;
using Mpp.Load;
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
    applications, ceiling, gateway, grown, bareService, bareProxy
}.Parse(args).InvokeAsync();
