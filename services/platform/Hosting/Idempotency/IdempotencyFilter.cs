using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using Mpp.Hosting.Auth;
using Mpp.Hosting.Description;
using Mpp.Hosting.Json;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.Idempotency;

/// <summary>
/// Answers a repeat with what was answered the first time. Two that come at once both reach the endpoint. Its own
/// locks, or the key of the table, let one of them through; the other then finds the answer of that one.
/// </summary>
internal sealed class IdempotencyFilter : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    public const int Longest = 200;

    private static readonly JsonSerializerOptions Content = AsItCame.Before(MppJson.Options);

    public async ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(Header, out var header))
        {
            return await next(context);
        }

        if (header is not [{ Length: > 0 and <= Longest } key] || !key.All(c => c is > ' ' and <= '~'))
        {
            return Problem.Parameter(
                Header, ErrorCodes.InvalidFormat, $"One of 1 to {Longest} visible ASCII characters is expected.");
        }

        var answers = http.RequestServices.GetRequiredService<IdempotentAnswers>();
        answers.Begin(http.User.ClientId() ?? "", key, Hash(context));
        if (await answers.EarlierAsync(http.RequestAborted) is { } earlier)
        {
            return earlier;
        }

        try
        {
            var result = await next(context);
            return result is StoredAnswer ? result : await answers.EarlierAsync(http.RequestAborted) ?? result;
        }
        catch (DbUpdateException fault)
            when (fault.InnerException is PostgresException { ConstraintName: IdempotencyKeyRow.Key })
        {
            return await answers.EarlierAsync(http.RequestAborted)
                ?? throw new InvalidOperationException("A key that is taken has its answer.", fault);
        }
    }

    /// <summary>The same for the same method, address and content.</summary>
    private static byte[] Hash(EndpointFilterInvocationContext context)
    {
        var http = context.HttpContext;
        var type = http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var body = context.Arguments.FirstOrDefault(argument => argument?.GetType() == type);
        return SHA256.HashData(
        [
            .. Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"),
            .. JsonSerializer.SerializeToUtf8Bytes(body, Content),
        ]);
    }
}

/// <summary>
/// Writes free JSON byte for byte. To write it anew, its texts would have to be valid, and the endpoint decides that.
/// </summary>
internal sealed class AsItCame : JsonConverter<JsonElement>
{
    /// <summary>The same options, except for free JSON.</summary>
    public static JsonSerializerOptions Before(JsonSerializerOptions options)
    {
        var own = new JsonSerializerOptions(options);
        own.Converters.Insert(0, new AsItCame());
        return own;
    }

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
}

/// <summary>Endpoints whose requests can be repeated.</summary>
public static class IdempotencyEndpoints
{
    /// <summary>
    /// Takes the header <c>Idempotency-Key</c>. The handler gives its answer to <see cref="IdempotentAnswers.Keep"/>
    /// before it saves.
    /// </summary>
    /// <param name="endpoint">An endpoint that changes something.</param>
    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(new IdempotencyFilter()).WithMetadata(new HasIdempotencyKey());
}
