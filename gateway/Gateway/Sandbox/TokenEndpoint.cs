using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.OpenApi;

namespace Mpp.Gateway.Sandbox;

/// <summary>
/// OAuth 2.0 client credentials (RFC 6749 §4.4): the program says who it is, and gets a signed token that says what it
/// may do and where.
/// </summary>
internal sealed class TokenEndpoint(IOptions<IssuerOptions> issuer, IOptions<AuthOptions> auth, SigningKeys keys)
{
    /// <summary>
    /// The machine's clock: tokens are checked against it, even when the sandbox has moved its own clock.
    /// </summary>
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>The longest value of a field that can lead to a token, in characters.</summary>
    public const int LongestField = 1000;

    private const string GrantType = "client_credentials";
    private const string Form = "application/x-www-form-urlencoded";

    private readonly JsonWebTokenHandler _tokens = new() { SetDefaultTimesOnTokenCreation = false };

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        // RFC 6749 §5.1: no cache may keep a token.
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.GetTypedHeaders().ContentType?.MediaType
            .Equals(Form, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return Refuse("invalid_request", $"Send {Form}.");
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return Refuse("invalid_request", "The form has too many fields, or too long ones.");
        }

        var (id, secret) = Credentials(context.Request, form);
        if (!IsKnown(id, secret, out var client))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"sandbox\"";
            return Refuse(
                "invalid_client", "The client or its secret is not known.", StatusCodes.Status401Unauthorized);
        }

        if (form["grant_type"] != GrantType)
        {
            return Refuse("unsupported_grant_type", $"Only {GrantType} is offered.");
        }

        var allowed = client.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var asked = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (asked.Except(allowed, StringComparer.Ordinal).Any())
        {
            return Refuse("invalid_scope", "The client may not have one of these scopes.");
        }

        var scope = string.Join(' ', asked.Length == 0 ? allowed : asked);
        return TypedResults.Ok(new TokenAnswer(
            Token(id, client.Region, scope), "Bearer", (long)issuer.Value.TokenLifetime.TotalSeconds, scope));
    }

    private string Token(string clientId, string region, string scope)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        // A negative lifetime makes tokens that have expired already, which tests want; they still need to begin before
        // they end.
        var begin = issuer.Value.TokenLifetime < TimeSpan.Zero ? now + 2 * issuer.Value.TokenLifetime : now;
        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = auth.Value.Authority,
            Audience = auth.Value.Audience,
            IssuedAt = begin,
            NotBefore = begin,
            Expires = now + issuer.Value.TokenLifetime,
            TokenType = "at+jwt",
            SigningCredentials = keys.Credentials,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = clientId,
                ["client_id"] = clientId,
                ["scope"] = scope,
                ["region"] = region,
                ["jti"] = Guid.CreateVersion7(Clock.GetUtcNow()).ToString(),
            },
        });
    }

    /// <summary>
    /// Takes the same time whether the client exists or not, and however much of the secret is right.
    /// </summary>
    private bool IsKnown(string id, string secret, out SandboxClient client)
    {
        var exists = issuer.Value.Clients.TryGetValue(id, out var found);
        client = found ?? new SandboxClient();
        var right = CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(client.Secret)));
        return exists & right;
    }

    private static (string Id, string Secret) Credentials(HttpRequest request, IFormCollection form)
    {
        const string Basic = "Basic ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return (form["client_id"].ToString(), form["client_secret"].ToString());
        }

        var buffer = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Basic.Length..], buffer, out var length))
        {
            return ("", "");
        }

        var pair = Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2);
        return pair.Length == 2 ? (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])) : ("", "");
    }

    private static JsonHttpResult<TokenError> Refuse(
        string error, string description, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Json(new TokenError(error, description), statusCode: status);

    /// <summary>How a token is asked for (RFC 6749 §4.4.2): a form, which no serializer reads.</summary>
    public static void Describe(OpenApiOperation operation, OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSchema>("TokenRequest", new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Who the program is, and what it wants a token for.",
            Required = new HashSet<string>(["grant_type"], StringComparer.Ordinal),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["grant_type"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [JsonValue.Create(GrantType)],
                },
                ["client_id"] = Text("The client, unless `Authorization: Basic` names it.", "portal"),
                ["client_secret"] = Text("Its secret.", "made-at-the-first-start"),
                ["scope"] = Text("What the token is to allow, with spaces between; without it all that the "
                    + "client may have.", KnownScopes.ApplicationsRead),
            },
        });
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Form] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference("TokenRequest", document),
                    Example = new JsonObject
                    {
                        ["grant_type"] = GrantType,
                        ["client_id"] = "portal",
                        ["client_secret"] = "made-at-the-first-start",
                    },
                },
            },
        };
    }

    private static OpenApiSchema Text(string description, string example) => new()
    {
        Type = JsonSchemaType.String,
        MaxLength = LongestField,
        Description = description,
        Examples = [JsonValue.Create(example)],
    };
}

/// <summary>A token (RFC 6749 §5.1).</summary>
/// <param name="AccessToken">What <c>Authorization: Bearer</c> takes.</param>
/// <param name="TokenType">How it is used.</param>
/// <param name="ExpiresIn">For how many seconds it is good.</param>
/// <param name="Scope">What it allows, with spaces between.</param>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token"), StringLength(4096)] string AccessToken,
    [property: JsonPropertyName("token_type"), StringLength(20)] string TokenType,
    [property: JsonPropertyName("expires_in"), Range(-86_400, int.MaxValue)] long ExpiresIn,
    [property: JsonPropertyName("scope"), StringLength(TokenEndpoint.LongestField)] string Scope);

/// <summary>Why there is no token (RFC 6749 §5.2).</summary>
/// <param name="Error">The reason.</param>
/// <param name="Description">The same for people.</param>
internal sealed record TokenError(
    [property: JsonPropertyName("error"), StringLength(50)] string Error,
    [property: JsonPropertyName("error_description"), StringLength(200)] string Description);
