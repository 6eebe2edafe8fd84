using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Mpp.Hosting.Start;

namespace Mpp.Hosting.Telemetry;

internal static class Logging
{
    /// <summary>
    /// One line on the console per entry, with the trace id; <c>Logging:Console:FormatterName</c> = <c>json</c> for
    /// machines.
    /// </summary>
    public static void AddMppLogging(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddConsole();
        logging.AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<ConsoleLoggerOptions>(
            options => options.FormatterName ??= OneLineFormatter.FormatterName);
        // The trace tells of every request; a failed one is logged where it fails.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        logging.AddFilter("Yarp", LogLevel.Warning);
        // Otherwise they are logged on every poll; whoever polls sees the answer.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }
}

/// <summary>
/// <c>2026-11-22T06:20:11.123Z info Mpp.Police.Skck: message (trace 4bf9…)</c>; line breaks of exceptions are folded.
/// </summary>
internal sealed class OneLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "one-line";

    private const int HostFailedToStart = 11;

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        // ServiceRun says it in one line.
        if (logEntry.EventId.Id == HostFailedToStart
            && logEntry.Exception is { } atStart && StartReasons.Of(atStart).Count > 0)
        {
            return;
        }

        // The machine's time, as in traces, also in a sandbox that has moved its clock.
        textWriter.Write(
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        textWriter.Write(Folded(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            textWriter.Write(" (trace ");
            textWriter.Write(activity.TraceId.ToHexString());
            textWriter.Write(')');
        }

        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(" ! ");
            textWriter.Write(Folded(ExceptionText.Of(exception)));
        }

        textWriter.WriteLine();
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => " trce ",
        LogLevel.Debug => " dbug ",
        LogLevel.Information => " info ",
        LogLevel.Warning => " warn ",
        LogLevel.Error => " fail ",
        _ => " crit ",
    };

    private static string Folded(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : text.ReplaceLineEndings(" ⏎ ");
}
