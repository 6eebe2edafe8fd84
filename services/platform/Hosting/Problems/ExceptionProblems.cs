using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace Mpp.Hosting.Problems;

/// <summary>Turns what endpoints throw into problems: the caller's faults quietly, ours logged once.</summary>
internal sealed partial class ExceptionProblems(RequestDelegate next, ILogger<ExceptionProblems> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: nobody reads an answer. 499 is what the trace and the metrics show.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var problem = Describe(exception);
            var route = (context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText;
            context.Response.Clear();
            if (problem.Code == ProblemCodes.NotReady)
            {
                LogDatabase(logger, exception.GetBaseException().Message, context.Request.Method, route);
                context.Response.Headers.RetryAfter = "2";
            }
            else if (problem.Code.Status >= 500)
            {
                LogFailed(logger, exception, context.Request.Method, route);
            }

            await problem.ExecuteAsync(context);
        }
    }

    internal static Problem Describe(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => JsonFault.Describe(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            Problem.Of(ProblemCodes.BodyTooLarge),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            Problem.Of(ProblemCodes.UnsupportedMediaType, BareStatusProblems.JsonOnly),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad
            when bad.Message.Contains("no body was provided", StringComparison.Ordinal) =>
            Problem.Of(ProblemCodes.MalformedJson, "The body is empty."),
        BadHttpRequestException bad when Unbound().Match(bad.Message) is { Success: true } parameter =>
            Problem.Parameter(parameter.Groups["name"].Value, ErrorCodes.WrongType,
                "The value has the wrong type or form."),
        BadHttpRequestException bad when Absent().Match(bad.Message) is { Success: true } parameter =>
            Problem.Parameter(parameter.Groups["name"].Value, ErrorCodes.Missing, "The parameter is required."),
        BadHttpRequestException bad => Problem.Of(ProblemCodes.ForStatus(bad.StatusCode)),
        _ when DatabaseFaults.IsPassing(exception) =>
            Problem.Of(ProblemCodes.NotReady, "The service's database takes nothing now. Try again."),
        _ => Problem.Of(ProblemCodes.InternalError, "The fault is logged under the trace id."),
    };

    // The message of ASP.NET Core holds the value too: only the name is taken from it.
    [GeneratedRegex("^Failed to bind parameter \"\\S+ (?<name>\\w+)\" from ", RegexOptions.None, 100)]
    private static partial Regex Unbound();

    [GeneratedRegex("^Required parameter \"\\S+ (?<name>\\w+)\" was not provided", RegexOptions.None, 100)]
    private static partial Regex Absent();

    [LoggerMessage(1, LogLevel.Error, "{Method} {Route} failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, string? route);

    [LoggerMessage(2, LogLevel.Warning, "The database took nothing for {Method} {Route}: {Fault}")]
    private static partial void LogDatabase(ILogger logger, string fault, string method, string? route);
}

/// <summary>Gives a body to the statuses that ASP.NET Core answers without one: 404, 405, 413, 415.</summary>
internal static class BareStatusProblems
{
    public const string JsonOnly = "Send application/json.";

    public static Task WriteAsync(StatusCodeContext context) =>
        Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);

    private static Problem Of(int status) => Problem.Of(
        ProblemCodes.ForStatus(status), status is StatusCodes.Status415UnsupportedMediaType ? JsonOnly : null);
}
