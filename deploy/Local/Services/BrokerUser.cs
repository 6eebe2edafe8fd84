namespace Mpp.Local;

/// <summary>
/// A service's user at the broker, of the service's name, with no more rights than its part needs: it configures and
/// reads what is its own, and writes beside that only to where its part sends. See docs/operations.md.
/// </summary>
/// <param name="Name">The service's name; also its queue's.</param>
/// <param name="Configure">What it may declare and delete: a regular expression over names, as the broker takes it.
/// </param>
/// <param name="Write">What it may send to.</param>
/// <param name="Read">What it may read and bind.</param>
/// <param name="Tags">What it may do to the server itself; nothing for services.</param>
internal sealed record BrokerUser(string Name, string Configure, string Write, string Read, string Tags = "")
{
    private const string Coordinator = "applications";

    /// <summary>What the coordinator publishes to whoever listens.</summary>
    private const string Events = "application-changed";

    /// <summary>Where every service says that it lives. Nobody's own: an administrator declares it.</summary>
    private const string Heartbeats = "service-heartbeat";

    /// <summary>The users of the mall's services.</summary>
    /// <param name="services">The services.</param>
    public static IReadOnlyList<BrokerUser> Of(IReadOnlyList<MallService> services) =>
        [.. services.Where(service => service.Broker is not null).Select(service => service.Broker switch
        {
            BrokerPart.Coordinator => For(service.Name,
                [.. services.Where(s => s.Broker is not (null or BrokerPart.Listener) && s != service).Select(Asked)],
                own: [Events]),
            BrokerPart.Payments => For(service.Name, [Coordinator]),
            BrokerPart.Listener => For(service.Name, []),
            _ => Agency(service.Name),
        })];

    /// <summary>
    /// A user who may do everything, and may send on what somebody else has sent first. Running services never log in
    /// as it.
    /// </summary>
    public static BrokerUser Administrator(string name) => new(name, ".*", ".*", ".*", "administrator,impersonator");

    /// <summary>The user of an agency.</summary>
    /// <param name="name">The agency's code.</param>
    public static BrokerUser Agency(string name) => For(name, [Coordinator, $"{Coordinator}-answers-[0-9a-f]+"]);

    private static string Asked(MallService service) =>
        service.Broker == BrokerPart.Agency ? $"{service.Name}(-prechecks)?" : service.Name;

    private static BrokerUser For(string name, IEnumerable<string> sendsTo, string[]? own = null)
    {
        string[] owned =
        [
            $"{name}(-prechecks)?(_error|_skipped)?", $"{name}-failures", $"{name}-answers-[0-9a-f]+", .. own ?? [],
        ];
        return new BrokerUser(name, AnyOf(owned), AnyOf([.. owned, .. sendsTo, Heartbeats]), AnyOf(owned));
    }

    private static string AnyOf(IEnumerable<string> names) => $"^({string.Join('|', names.Distinct())})$";
}
