using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Mpp.Integration.Applications;

/// <summary>An issuer of tokens that needs no server: the service under test is given its key.</summary>
internal static class Tokens
{
    private const string Issuer = "http://issuer.test";

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "test" };

    public static string Create(string client = "portal", string scope = "applications.submit "
        + "applications.read", string? region = "74.02", TimeSpan? age = null)
    {
        var issued = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        var claims =
            new Dictionary<string, object>(StringComparer.Ordinal) { ["client_id"] = client, ["scope"] = scope };
        if (region is not null)
        {
            claims["region"] = region;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = "mpp",
            IssuedAt = issued,
            NotBefore = issued,
            Expires = issued.AddMinutes(10),
            Claims = claims,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        });
    }

    public static void Accept(IServiceCollection services) =>
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
        {
            bearer.Configuration = new OpenIdConnectConfiguration { Issuer = Issuer, SigningKeys = { Key } };
            bearer.ConfigurationManager =
                new Microsoft.IdentityModel.Protocols.StaticConfigurationManager<OpenIdConnectConfiguration>(
                    bearer.Configuration);
            bearer.TokenValidationParameters.ValidIssuer = Issuer;
        });
}
