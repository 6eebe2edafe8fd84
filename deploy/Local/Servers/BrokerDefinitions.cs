using System.Text;
using System.Text.Json.Serialization;

namespace Mpp.Local;

/// <summary>
/// Users and rights as RabbitMQ imports them: at its start (<c>load_definitions</c>), or by <c>rabbitmqctl
/// import_definitions</c>. Passwords stand in it as salted hashes.
/// </summary>
internal static class BrokerDefinitions
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <param name="virtualHost">Where the users have their rights.</param>
    /// <param name="users">All who get a user.</param>
    /// <param name="secrets">The passwords, by <see cref="Secret"/>.</param>
    public static string Write(string virtualHost, IReadOnlyList<BrokerUser> users, Secrets secrets) =>
        JsonSerializer.Serialize(
            new Definitions(
                [new VirtualHost(virtualHost)],
                [.. users.Select(user => Hashed(user, secrets[Secret(user.Name)]))],
                [.. users.Select(user => new Right(user.Name, virtualHost, user.Configure, user.Write, user.Read))]),
            Format);

    /// <summary>The name of a user's password.</summary>
    public static string Secret(string user) => $"rabbitmq/{user}";

    /// <summary>RabbitMQ's SHA-256 hash: four bytes of salt, and the digest of salt and password.</summary>
    private static User Hashed(BrokerUser user, string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(4);
        byte[] hash = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)]);
        return new User(
            user.Name, Convert.ToBase64String([.. salt, .. hash]), "rabbit_password_hashing_sha256", user.Tags);
    }

    private sealed record Definitions(
        [property: JsonPropertyName("vhosts")] IReadOnlyList<VirtualHost> VirtualHosts, IReadOnlyList<User> Users,
        IReadOnlyList<Right> Permissions);

    private sealed record VirtualHost(string Name);

    private sealed record User(string Name, string PasswordHash, string HashingAlgorithm, string Tags);

    private sealed record Right(
        string User, [property: JsonPropertyName("vhost")] string VirtualHost, string Configure, string Write,
        string Read);
}
