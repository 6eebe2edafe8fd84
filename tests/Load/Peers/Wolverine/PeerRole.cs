namespace Mpp.Peers;

/// <summary>Which of the peer's processes this is. The name is also that of its queue.</summary>
internal sealed record PeerRole(string Name)
{
    public static readonly PeerRole Coordinator = new("applications");

    public static readonly PeerRole CivilRegistry = new("civil-registry");

    public static readonly PeerRole Bpjs = new("bpjs");

    public static PeerRole Parse(string name) =>
        new[] { Coordinator, CivilRegistry, Bpjs }.FirstOrDefault(role => role.Name == name)
            ?? throw new ArgumentException("Say applications, civil-registry or bpjs.", nameof(name));
}
