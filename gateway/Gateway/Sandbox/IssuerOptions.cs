using System.Security.Cryptography;

namespace Mpp.Gateway.Sandbox;

/// <summary>The token issuer's part of the configuration section <c>Sandbox</c>.</summary>
internal sealed class IssuerOptions
{
    public const string Section = "Sandbox";

    /// <summary>
    /// A private key in PEM form, EC P-256 or RSA; line breaks may be written <c>\n</c>. The issuer exists when this is
    /// set.
    /// </summary>
    public string SigningKey { get; set; } = "";

    /// <summary>Client id → client.</summary>
    public Dictionary<string, SandboxClient> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>How long a token is good for.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    public bool IsEnabled => !string.IsNullOrWhiteSpace(SigningKey);
}

/// <summary>A program that may ask for tokens.</summary>
internal sealed class SandboxClient
{
    public string Secret { get; set; } = "";

    /// <summary>What it may ask for, separated by spaces.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>Where it may act: a Kemendagri code, or <c>*</c>.</summary>
    public string Region { get; set; } = "";
}

internal sealed class IssuerOptionsValidator(IHostEnvironment environment) : IValidateOptions<IssuerOptions>
{
    public ValidateOptionsResult Validate(string? name, IssuerOptions options)
    {
        if (!options.IsEnabled && options.Clients.Values.All(client => client.Secret.Length == 0))
        {
            return ValidateOptionsResult.Success;
        }

        if (environment.IsProduction())
        {
            return ValidateOptionsResult.Fail(
                "Sandbox:SigningKey or Sandbox:Clients is set, but the environment is Production: "
                    + "the sandbox issuer never runs there. Remove them and set Auth:Authority to a real issuer.");
        }

        var faults = new List<string>();
        try
        {
            SigningKeys.Read(options.SigningKey);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            faults.Add("Sandbox:SigningKey must be an unencrypted private "
                + "key in PEM form, EC P-256 or RSA of 2048 bits or more.");
        }

        if (options.TokenLifetime == TimeSpan.Zero)
        {
            faults.Add("Sandbox:TokenLifetime cannot be zero.");
        }

        foreach (var (id, client) in options.Clients)
        {
            if (client.Secret.Length < 16)
            {
                faults.Add($"Sandbox:Clients:{id}:Secret must have 16 characters or more.");
            }

            if (client.Region != "*" && !Contracts.RegionCode.TryParse(client.Region, provider: null, out _))
            {
                faults.Add($"Sandbox:Clients:{id}:Region must be a region code such as 74.02, or *.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
