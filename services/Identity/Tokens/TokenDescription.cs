using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Mpp.Hosting.Auth;

namespace Mpp.Identity.Tokens;

/// <summary>How the token endpoint looks in the published document.</summary>
internal static class TokenMapping
{
    /// <summary>The longest value of a field that can lead to a token, in characters.</summary>
    public const int LongestField = 8_000;

    private const string GrantType = "client_credentials";
    private const string Form = "application/x-www-form-urlencoded";

    public static void MapToken(this WebApplication app) => app
        .MapPost(TokenEndpoint.Path, (HttpContext context, TokenEndpoint tokens) => tokens.HandleAsync(context))
        .AllowAnonymous().DisableAntiforgery().WithTags("Identity").WithName("RequestToken")
        .WithSummary("A token for a program (OAuth 2.0 client credentials, RFC 6749 §4.4)")
        .WithDescription("A program proves itself with its secret, or with a JSON Web Token that it has signed "
            + "(RFC 7523). Discovery is at /identity/.well-known/openid-configuration; people sign in from there with "
            + "an authorization code and PKCE.")
        .Produces<TokenAnswer>()
        .Produces<TokenError>(StatusCodes.Status400BadRequest)
        .Produces<TokenError>(StatusCodes.Status401Unauthorized)
        .AddOpenApiOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Document!);
            return Task.CompletedTask;
        });

    /// <summary>How a token is asked for (RFC 6749 §4.4.2): a form, which no serializer reads.</summary>
    private static void Describe(OpenApiOperation operation, OpenApiDocument document)
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
                ["client_assertion_type"] = Text("Of a client with keys instead of a secret.",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ["client_assertion"] = Text("What that client has signed: `iss` and `sub` are the client, `aud` is the "
                    + "issuer.", "eyJhbGciOiJFUzI1NiJ9.e30.signature"),
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
/// <param name="Scope">What it allows, with spaces between; left out when it is what was asked for.</param>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token"), StringLength(4096)] string AccessToken,
    [property: JsonPropertyName("token_type"), StringLength(20)] string TokenType,
    [property: JsonPropertyName("expires_in"), Range(0, int.MaxValue)] long ExpiresIn,
    [property: JsonPropertyName("scope"), StringLength(TokenMapping.LongestField)] string? Scope = null);

/// <summary>Why there is no token (RFC 6749 §5.2).</summary>
/// <param name="Error">The reason.</param>
/// <param name="Description">The same for people.</param>
/// <param name="Address">Where there is more about it.</param>
internal sealed record TokenError(
    [property: JsonPropertyName("error"), StringLength(50)] string Error,
    [property: JsonPropertyName("error_description"), StringLength(500)] string? Description = null,
    [property: JsonPropertyName("error_uri"), StringLength(200)] string? Address = null);
