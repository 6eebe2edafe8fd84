using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Auth;

/// <summary>401 and 403 as problems, with the <c>WWW-Authenticate</c> header that RFC 6750 asks for.</summary>
internal static partial class AuthProblems
{
    public static JwtBearerEvents Events() => new()
    {
        OnTokenValidated = Validated,
        OnAuthenticationFailed = Failed,
        OnChallenge = Challenge,
        OnForbidden = Forbidden,
    };

    private static Task Validated(TokenValidatedContext context)
    {
        if (context.Principal?.Identities.All(CallerNames.AreGood) is false)
        {
            context.Fail("A name in the token breaks the rule for texts.");
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// When the issuer's keys cannot be fetched, the token cannot be judged, and that is not the caller's fault. The
    /// token's reader says only that it has no key; this asks whether that is because the issuer does not answer.
    /// </summary>
    private static async Task Failed(AuthenticationFailedContext context)
    {
        if (context.Exception is SecurityTokenMalformedException or SecurityTokenExpiredException or ArgumentException
            || context.Options.ConfigurationManager is not { } issuer)
        {
            return;
        }

        try
        {
            await issuer.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNoKeys(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>()
                .CreateLogger("Mpp.Hosting.Auth"), exception);
            context.Fail(new IssuerUnavailableException(exception));
        }
    }

    private static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        var headers = context.Response.Headers;
        switch (context.AuthenticateFailure)
        {
            case IssuerUnavailableException:
                headers.RetryAfter = "5";
                return Problem.Of(ProblemCodes.UpstreamUnavailable, "The issuer of tokens does not answer.")
                    .ExecuteAsync(context.HttpContext);
            case SecurityTokenExpiredException:
                headers.WWWAuthenticate =
                    """Bearer error="invalid_token", error_description="The token has expired" """.TrimEnd();
                return Problem.Of(ProblemCodes.TokenExpired, "Ask the issuer for a new token.")
                    .ExecuteAsync(context.HttpContext);
            case null:
                headers.WWWAuthenticate = "Bearer";
                return Problem.Of(ProblemCodes.Unauthenticated, "Send the header Authorization: Bearer …")
                    .ExecuteAsync(context.HttpContext);
            default:
                headers.WWWAuthenticate = """Bearer error="invalid_token" """.TrimEnd();
                return Problem.Of(ProblemCodes.Unauthenticated, "The token is not valid here.")
                    .ExecuteAsync(context.HttpContext);
        }
    }

    private static Task Forbidden(ForbiddenContext context)
    {
        var scope = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope;
        context.Response.Headers.WWWAuthenticate = scope is null
            ? "Bearer error=\"insufficient_scope\""
            : $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
        return Problem.Of(ProblemCodes.InsufficientScope, scope is null ? null : $"The token needs the scope {scope}.")
            .ExecuteAsync(context.HttpContext);
    }

    [LoggerMessage(1, LogLevel.Warning, "The keys of the token issuer cannot be fetched.")]
    private static partial void LogNoKeys(ILogger logger, Exception exception);

    private sealed class IssuerUnavailableException(Exception inner)
        : Exception("The issuer's keys cannot be fetched.", inner);
}
