using Mpp.Hosting.Start;

namespace Mpp.Messaging.Broker;

/// <summary>The parts of <c>amqp(s)://user:password@host:port/vhost</c>.</summary>
internal sealed record BrokerAddress(
    string Host, ushort Port, string VirtualHost, string User, string Password, bool Secure)
{
    public const string ConnectionString = "RabbitMq";

    private const string Key = "ConnectionStrings:" + ConnectionString;

    /// <exception cref="StartException">The text is missing, or is no such address.</exception>
    public static BrokerAddress Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new StartException(
                $"{Key} is missing: an address such as amqp://user:password@host:5672/vhost.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
        {
            throw new StartException(
                $"{Key} is not an address such as amqp://user:password@host:5672/vhost.");
        }

        var secure = uri.Scheme == "amqps";
        var user = uri.UserInfo.Split(':', 2);
        var path = uri.AbsolutePath.TrimStart('/');
        return new BrokerAddress(
            uri.Host,
            uri.Port > 0 ? (ushort)uri.Port : (ushort)(secure ? 5671 : 5672),
            path.Length == 0 ? "/" : Uri.UnescapeDataString(path),
            user[0].Length == 0 ? "guest" : Uri.UnescapeDataString(user[0]),
            user.Length < 2 ? "guest" : Uri.UnescapeDataString(user[1]),
            secure);
    }
}
