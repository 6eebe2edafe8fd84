using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mpp.Local;

/// <summary>
/// Users and rights as RabbitMQ imports them: at its start (<c>load_definitions</c>), or by <c>rabbitmqctl
/// import_definitions</c>. Passwords stand in it as salted hashes.
/// </summary>
internal static class BrokerDefinitions
{
    /// <summary>An administrator may send a message on that somebody else sent first.</summary>
    private const string AdministratorTags = "administrator,impersonator";

    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <param name="virtualHost">Where the users have their rights.</param>
    /// <param name="users">The services' users.</param>
    /// <param name="administrator">One who may do everything; <see langword="null"/>: the server has one.</param>
    /// <param name="secrets">The passwords, by <see cref="Secret"/>.</param>
    public static string Write(
        string virtualHost, IReadOnlyList<BrokerUser> users, string? administrator, Secrets secrets)
    {
        var all = new Everything(
            [new VirtualHost(virtualHost)],
            [.. users.Select(user => Hashed(user.Name, secrets[Secret(user.Name)], "")),
                .. administrator is null ? [] : new[] { Hashed(administrator, secrets["rabbitmq"], AdministratorTags) }],
            [.. users.Select(user => new Right(user.Name, virtualHost, user.Configure, user.Write, user.Read)),
                .. administrator is null ? [] : new[] { new Right(administrator, virtualHost, ".*", ".*", ".*") }]);
        return JsonSerializer.Serialize(all, Format);
    }

    /// <summary>The name of a user's password.</summary>
    public static string Secret(string user) => $"rabbitmq/{user}";

    /// <summary>RabbitMQ's rabbit_password_hashing_sha256: four bytes of salt, and SHA-256 of salt and password.</summary>
    private static User Hashed(string name, string password, string tags)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(4);
        byte[] hash = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)]);
        return new User(name, Convert.ToBase64String([.. salt, .. hash]), "rabbit_password_hashing_sha256", tags);
    }

    private sealed record Everything(
        [property: JsonPropertyName("vhosts")] IReadOnlyList<VirtualHost> VirtualHosts, IReadOnlyList<User> Users,
        IReadOnlyList<Right> Permissions);

    private sealed record VirtualHost(string Name);

    private sealed record User(string Name, string PasswordHash, string HashingAlgorithm, string Tags);

    private sealed record Right(
        string User, [property: JsonPropertyName("vhost")] string VirtualHost, string Configure, string Write,
        string Read);
}
