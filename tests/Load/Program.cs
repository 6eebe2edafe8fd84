using System.CommandLine;
using Mpp.Load;

var rate = new Option<int>("--rate") { Description = "Applications submitted per second.", DefaultValueFactory = _ => 50 };
var seconds = new Option<int>("--seconds") { Description = "How long to submit.", DefaultValueFactory = _ => 60 };
var ceilingSeconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 15 };

var applications = new Command("applications", "Drives five-step applications through the gateway of a private mall and measures them.") { rate, seconds };
applications.SetAction((parsed, cancellationToken) =>
    ApplicationsRun.RunAsync(parsed.GetValue(rate), parsed.GetValue(seconds), withCeiling: false, cancellationToken));

var ceiling = new Command("ceiling", "The same, then bare MassTransit publish and consume on the same broker, and the ratio of the two.") { rate, ceilingSeconds };
ceiling.SetAction((parsed, cancellationToken) =>
    ApplicationsRun.RunAsync(parsed.GetValue(rate), parsed.GetValue(ceilingSeconds), withCeiling: true, cancellationToken));

return await new RootCommand("Load and ceiling of MPP Digital on this machine.") { applications, ceiling }.Parse(args).InvokeAsync();
