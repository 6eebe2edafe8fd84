using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;

namespace Mpp.Hosting.Start;

/// <summary>Why a service cannot start, for whoever configures it.</summary>
internal static partial class StartReasons
{
    /// <summary>
    /// What an operator can mend, one line each; empty for a fault of ours, which deserves its stack trace.
    /// </summary>
    public static IReadOnlyList<string> Of(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException { InnerExceptions: var all } => [.. all.SelectMany(Of)],
        StartException fault => [fault.Message],
        IOException { InnerException: AddressInUseException } inUse => [$"{inUse.Message.TrimEnd('.')}. "
            + "Set ASPNETCORE_URLS to another one, or end the process that listens there."],
        InvalidOperationException { Message: var message } when ConfigurationValue().IsMatch(message) => [message],
        { InnerException: { } inner } => Of(inner),
        _ => [],
    };

    [GeneratedRegex("^Failed to convert configuration value", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex ConfigurationValue();
}
