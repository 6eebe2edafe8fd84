namespace Mpp.Local;

/// <summary>What a service has to do with messages.</summary>
internal enum BrokerPart
{
    /// <summary>Asks agencies and payments, and hears all of them.</summary>
    Coordinator,

    /// <summary>Hears the coordinator, and answers it.</summary>
    Payments,

    /// <summary>Hears the coordinator, and answers it and its questions.</summary>
    Agency,

    /// <summary>Hears what everybody is told, and sends nothing.</summary>
    Listener,
}
