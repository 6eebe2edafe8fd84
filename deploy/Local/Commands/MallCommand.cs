using Mpp.Local.Demonstration;

namespace Mpp.Local.Commands;

/// <summary>The whole mall: starts it, files one application for each package, and stays until Ctrl-C.</summary>
internal static class MallCommand
{
    public static async Task<int> RunAsync(MallOptions options, bool once, CancellationToken cancellationToken)
    {
        if (once && options.Without.Count > 0)
        {
            throw new LocalException(
                "--once ends with the demonstration, which needs every service: give --without or --once.");
        }
        var start = TimeProvider.System.GetTimestamp();
        var display = new StartDisplay();
        try
        {
            await using var mall = await display.ShowAsync(() => Mall.StartAsync(options, display, cancellationToken));
            if (options.Without.Count > 0)
            {
                PrintLeftOut(mall, options.Without);
                PrintAddresses(mall);
                Console.WriteLine("\nCtrl-C stops everything.");
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            Console.WriteLine($"\nEverything runs after {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} "
                + "s. One application for each package:\n");

            var (allCompleted, number) = await DemonstrateAsync(
                // With --once it stops, and a link to its viewer would lead nowhere.
                mall, options.SandboxPeople, once ? null : mall.Traces, cancellationToken);
            if (once)
            {
                // It stops now: nothing can be tried with it.
                Console.WriteLine($"Logs        {Path.Combine(mall.Servers.DataPath, "logs")}");
                return allCompleted ? 0 : 1;
            }
            PrintAddresses(mall);
            await PrintWhatToTryAsync(mall, number, cancellationToken);
            Console.WriteLine("Ctrl-C stops everything.");
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine("Stopped; no process is left.");
            return once ? 1 : 0;
        }
    }

    private static async Task<(bool AllCompleted, string? First)> DemonstrateAsync(
        Mall mall, int people, TraceViewer? traces, CancellationToken cancellationToken)
    {
        try
        {
            using var gateway = await mall.ClientAsync("portal", cancellationToken);
            using var bankLine = await mall.ClientAsync(SandboxBank.Client, cancellationToken);
            var demonstrator = new Demonstrator(
                gateway, new SandboxBank(bankLine, TimeProvider.System), people, TimeProvider.System);
            var allCompleted = true;
            string? number = null;
            foreach (var (package, application) in demonstrator.Applications(await mall.NowAsync(cancellationToken)))
            {
                var outcome = await demonstrator.FollowAsync(application, cancellationToken);
                OutcomeReport.Print(Terminal.Console, package, outcome, traces);
                allCompleted &= outcome.Application.Completed;
                number ??= outcome.Application.Number;
            }
            return (allCompleted, number);
        }
        catch (Exception e)
        {
            if (mall.Servers.Data.Explain(e) is { } explained)
            {
                throw explained;
            }
            throw;
        }
    }

    private static void PrintLeftOut(Mall mall, IReadOnlyList<string> services)
    {
        Console.WriteLine("\nThe rest runs. Start what is left out with its launch profile in an IDE, or with");
        foreach (var service in MallService.All.Where(s => services.Contains(s.Name, StringComparer.Ordinal)))
        {
            var environment = $"MPP_ENVIRONMENT_FILE={mall.EnvironmentFileOf(service.Name)}";
            Console.WriteLine($"{environment} dotnet run --no-launch-profile --project {service.Project}");
        }
        Console.WriteLine();
    }

    // Written as they are: a wrapped line cannot be copied.
    private static void PrintAddresses(Mall mall)
    {
        var gateway = mall.GatewayAddress.AbsoluteUri.TrimEnd('/');
        Console.WriteLine($"""
            Gateway     {gateway}   (API to try: {gateway}/docs/   state: {gateway}/status)
            PostgreSQL  {mall.Servers.AdministratorConnectionString()}
            RabbitMQ    {mall.Servers.RabbitMqUri}
            Logs        {Path.Combine(mall.Servers.DataPath, "logs")}
            Secrets     {Path.Combine(mall.Servers.DataPath, "secrets.json")}
            """);
        PrintPeople(mall, gateway);
        if (mall.Traces is { } traces)
        {
            Console.WriteLine($"Traces      {traces.Login()}");
        }
    }

    private static void PrintPeople(Mall mall, string gateway)
    {
        var console = MallService.All.Any(service => service.Name == "operations") ? "console" : "identity/sign-in";
        Console.WriteLine($"Sign in     {gateway}/{console}");
        foreach (var (name, password) in mall.People)
        {
            Console.WriteLine($"            as {name} / {password}");
        }
    }

    private static async Task PrintWhatToTryAsync(Mall mall, string? number, CancellationToken cancellationToken)
    {
        var gateway = mall.GatewayAddress.AbsoluteUri.TrimEnd('/');
        var token = await mall.TokenAsync("portal", cancellationToken);
        Console.WriteLine($"""

            The application from above, with a token that is good for an hour, and people to file more for:
            curl -s -H 'Authorization: Bearer {token}' {gateway}/v1/applications/{number}
            curl -s {gateway}/sandbox/people
            {(mall.Traces is { } traces && number is not null ? $"All work on it: {traces.TracesOf(number)}\n" : "")}
            README.md, "For integrators", goes on from here: file, follow, pay, correct, cancel. The address is now
            gateway={gateway}

            """);
    }
}
