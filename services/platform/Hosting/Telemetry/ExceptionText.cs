using System.Net.Sockets;
using System.Text;
using Mpp.Hosting.Start;

namespace Mpp.Hosting.Telemetry;

/// <summary>
/// Exceptions as logs have them: without anything that a caller may have sent. A library that cannot read a value often
/// repeats it, and the value may be a NIK. So a message is kept only if it comes from our own code, whose messages hold
/// no values, or is about a connection. For the rest, type and place are enough.
/// </summary>
public static class ExceptionText
{
    /// <summary>The exception with its causes and the places that it came through.</summary>
    /// <param name="exception">What was thrown.</param>
    public static string Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var text = new StringBuilder(Reason(exception));
        foreach (var cause in Causes(exception))
        {
            text.Append("\n ---> ").Append(Of(cause));
        }

        if (exception.StackTrace is { } places)
        {
            text.Append('\n').Append(places);
        }

        return text.ToString();
    }

    /// <summary>The exception in one line, without places.</summary>
    /// <param name="exception">What was thrown.</param>
    public static string Reason(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var name = exception.GetType().FullName;
        return exception switch
        {
            PostgresException sql => $"{name}: {sql.SqlState}, {sql.Routine} {sql.TableName} {sql.ConstraintName}",
            _ when IsHarmless(exception) => $"{name}: {exception.Message}",
            _ => name ?? "",
        };
    }

    private static List<Exception> Causes(Exception exception) => exception switch
    {
        AggregateException many => [.. many.InnerExceptions],
        { InnerException: { } one } => [one],
        _ => [],
    };

    private static bool IsHarmless(Exception exception) => exception switch
    {
        // The one repeats a value, the other the texts of its causes.
        BadHttpRequestException or AggregateException => false,
        SocketException or HttpRequestException or IOException or NpgsqlException or TimeoutException
            or OperationCanceledException or OptionsValidationException or StartException => true,
        _ => IsOurs(exception.TargetSite?.DeclaringType?.Assembly.GetName().Name)
            || exception.GetType().FullName!.StartsWith("RabbitMQ.Client.Exceptions.", StringComparison.Ordinal),
    };

    private static bool IsOurs(string? assembly) => assembly?.StartsWith("Mpp.", StringComparison.Ordinal) is true;
}
