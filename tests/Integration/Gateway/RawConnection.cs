using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mpp.Integration.Gateway;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    /// <summary>The values of a header.</summary>
    public string[] Header(string name) => [.. Head.Split("\r\n")
        .Where(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())];
}

/// <summary>Bytes to a server, which no client library would send.</summary>
internal static class RawConnection
{
    /// <summary>Sends a request and reads until the server closes; ask for <c>Connection: close</c>.</summary>
    public static async Task<RawAnswer> SendAsync(Uri address, string request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, limit.Token);
        var stream = client.GetStream();
        var read = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
            await stream.CopyToAsync(read, limit.Token);
        }
        catch (IOException)
        {
            // Closed while more was sent than anybody reads: what was answered before is here.
        }

        var text = Encoding.UTF8.GetString(read.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0
            ? throw new InvalidOperationException($"This is no answer: {text}")
            : new(int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text[..end],
                text[(end + 4)..]);
    }
}
