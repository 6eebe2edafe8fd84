using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Mpp.Hosting.Telemetry;

/// <summary>
/// Exports exceptions with their <see cref="ExceptionText"/>; the exporter itself would send their whole texts.
/// </summary>
internal sealed class HarmlessExceptions : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } exception)
        {
            return;
        }

        data.Exception = null;
        data.Attributes =
        [
            .. data.Attributes ?? [],
            new("exception.type", exception.GetType().FullName),
            new("exception.message", ExceptionText.Reason(exception)),
            new("exception.stacktrace", ExceptionText.Of(exception)),
        ];
    }
}
