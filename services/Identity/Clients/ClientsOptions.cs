using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Mpp.Contracts;

namespace Mpp.Identity.Clients;

/// <summary>The clients of the configuration section <c>Identity</c>.</summary>
internal sealed class ClientsOptions
{
    /// <summary>Client id → client. One that is taken out gets no more tokens.</summary>
    public Dictionary<string, Client> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>How long a program's token is good. Default one hour.</summary>
    public TimeSpan ProgramTokens { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a person's token is good, before it is refreshed. Default ten minutes.</summary>
    public TimeSpan PersonTokens { get; set; } = TimeSpan.FromMinutes(10);
}

/// <summary>A program that gets tokens: for itself, or for people who sign in.</summary>
internal sealed class Client
{
    /// <summary>What it proves itself with, unless <see cref="Keys"/> do.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Its public keys, a JSON Web Key Set as text: it then signs its requests (private_key_jwt).</summary>
    public string Keys { get; set; } = "";

    /// <summary>What it may ask for, separated by spaces.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>Where it may act for itself: a Kemendagri code, or <c>*</c>. Not used where people sign in.</summary>
    public string Region { get; set; } = "";

    /// <summary>Where people come back to, separated by spaces. With one, people sign in at this client, and it gets no
    /// tokens for itself.</summary>
    public string Redirects { get; set; } = "";

    /// <summary>Where people come back to who have signed out, separated by spaces.</summary>
    public string SignedOut { get; set; } = "";

    /// <summary>Whether it is of the sandbox. Refused in Production.</summary>
    public bool Sandbox { get; set; }

    public bool IsForPeople => Redirects.Length > 0;

    public IReadOnlyList<string> AllScopes => Split(Scopes);

    public static string[] Split(string value) => value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

internal sealed class ClientsOptionsValidator(IHostEnvironment environment) : IValidateOptions<ClientsOptions>
{
    private const int ShortestSecret = 16;

    public ValidateOptionsResult Validate(string? name, ClientsOptions options)
    {
        var faults = options.Clients.SelectMany(
            client => Faults($"Identity:Clients:{client.Key}", client.Key, client.Value)).ToList();
        foreach (var (key, length) in ((string, TimeSpan)[])[
            (nameof(options.ProgramTokens), options.ProgramTokens),
            (nameof(options.PersonTokens), options.PersonTokens)])
        {
            if (length <= TimeSpan.Zero || length > TimeSpan.FromHours(12))
            {
                faults.Add($"Identity:{key} must be longer than zero and at most 12:00:00.");
            }
        }

        if (environment.IsProduction()
            && options.Clients.Where(client => client.Value.Sandbox).Select(client => client.Key).ToList()
                is { Count: > 0 } sandbox)
        {
            faults.Add(
                $"Identity:Clients has {string.Join(", ", sandbox.Order(StringComparer.Ordinal))} of the sandbox, but"
                + " the environment is Production: sandbox clients get no token there. Remove them.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(string key, string id, Client client)
    {
        if (id.Length == 0 || TextRule.Fault(id, 100) is not null)
        {
            yield return $"{key}: a client's id has 1 to 100 characters.";
        }

        if ((client.Secret.Length == 0) == (client.Keys.Length == 0))
        {
            yield return $"{key} needs either Secret or Keys.";
        }

        if (client.Secret.Length is > 0 and < ShortestSecret)
        {
            yield return $"{key}:Secret must have {ShortestSecret} characters or more.";
        }

        if (client.Keys.Length > 0 && !IsKeySet(client.Keys))
        {
            yield return $"{key}:Keys must be a JSON Web Key Set of public keys.";
        }

        if (!client.IsForPeople && client.Region != "*" && !RegionCode.TryParse(client.Region, provider: null, out _))
        {
            yield return $"{key}:Region must be a region code such as 74.02, or *.";
        }

        if (Client.Split(client.Redirects).Concat(Client.Split(client.SignedOut)).Any(address => !IsAddress(address)))
        {
            yield return $"{key}:Redirects and SignedOut must be absolute addresses, https in Production.";
        }
    }

    private bool IsAddress(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && !environment.IsProduction()))
        && uri.Fragment.Length == 0;

    private static bool IsKeySet(string text)
    {
        try
        {
            return new JsonWebKeySet(text).Keys is { Count: > 0 } keys && keys.All(key => !key.HasPrivateKey);
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException)
        {
            return false;
        }
    }
}
